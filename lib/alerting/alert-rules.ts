import { Inject, Injectable } from '@nestjs/common';
import type { AlertKind } from '../event/alert.js';
import { NOTIFIERS, type Notifier } from '../notify/notifier.js';
import type { NewOutboxEntry, SaveOutcome } from '../storage/event-store.js';
import { TICKET_TRACKERS, type TicketTracker } from '../ticketing/ticket-tracker.js';
import { alertChannels, type AlertChannels } from './alert-channels.js';

/**
 * Decides which outcomes are alerted, and on which channels. It sends nothing: it returns rows of
 * the outbox.
 */
@Injectable()
export class AlertRules {
  readonly channels: AlertChannels;

  constructor(
    @Inject(NOTIFIERS) notifiers: readonly Notifier[],
    @Inject(TICKET_TRACKERS) ticketTrackers: readonly TicketTracker[],
  ) {
    this.channels = alertChannels(notifiers, ticketTrackers);
  }

  /** @param isQuiet none of the issue's new events is worth an alert */
  alertsFor(outcome: SaveOutcome, isQuiet: boolean): readonly NewOutboxEntry[] {
    // Muting an issue means that nobody wants alerts of it.
    if (isQuiet || outcome.status === 'muted') return [];
    const { notifiers, ticketTrackers } = this.channels;
    if (outcome.created) {
      return entries(outcome, 'new-issue', `new-issue:${outcome.issueId}`, [
        ...notifiers.keys(),
        ...ticketTrackers.keys(),
      ]);
    }
    if (outcome.regressed) {
      // No ticket: the issue got one when it was new.
      const fact = `regression:${outcome.issueId}:${outcome.regressions}`;
      return entries(outcome, 'regression', fact, [...notifiers.keys()]);
    }
    return [];
  }
}

/** The name of the fact that an entry tells. It is the same for all channels. */
export function factOf(entry: NewOutboxEntry): string {
  return entry.dedupeKey.slice(0, -entry.channel.length - 1);
}

function entries(
  outcome: SaveOutcome,
  kind: AlertKind,
  fact: string,
  channels: readonly string[],
): readonly NewOutboxEntry[] {
  return channels.map((channel) => ({
    dedupeKey: `${fact}:${channel}`,
    channel,
    kind,
    issueId: outcome.issueId,
    eventId: outcome.eventId,
  }));
}
