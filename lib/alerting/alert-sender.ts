import type { Alert } from '../event/alert.js';
import type { TicketRef } from '../event/issue.js';
import { maskEvent } from '../masking/mask-event.js';
import { maskIssue } from '../masking/mask-issue.js';
import type { Masker } from '../masking/masker.js';
import type { ResolvedOptions } from '../options/resolved-options.js';
import type { EventStore, OutboxEntry } from '../storage/event-store.js';
import type { AlertChannels } from './alert-channels.js';
import { factOf } from './alert-rules.js';
import { newTicket } from '../ticketing/new-ticket.js';
import { checkedTicketRef } from '../ticketing/ticket-ref.js';

/** Turns an outbox entry into what its receiver gets, and hands it over. */
export class AlertSender {
  constructor(
    private readonly store: EventStore,
    private readonly channels: AlertChannels,
    private readonly masker: Masker,
    private readonly options: ResolvedOptions,
  ) {}

  /** Returns `undefined` if the issue was deleted meanwhile. */
  async prepare(entry: OutboxEntry): Promise<Alert | undefined> {
    const issue = await this.store.getIssue(entry.issueId);
    if (!issue) return undefined;
    const stored = entry.eventId === undefined ? undefined : await this.store.getEvent(entry.eventId);
    return {
      kind: entry.kind,
      dedupeKey: factOf(entry),
      // It was masked before it was stored, but perhaps by an older release with weaker rules.
      issue: maskIssue(issue, this.masker),
      event: stored && maskEvent(stored.event, this.masker, this.options.limits),
      url: this.issueUrl(issue.id),
    };
  }

  async send(entry: OutboxEntry, alert: Alert, signal: AbortSignal): Promise<TicketRef | undefined> {
    const tracker = this.channels.ticketTrackers.get(entry.channel);
    if (tracker) return checkedTicketRef(await tracker.create(newTicket(alert), signal));
    const notifier = this.channels.notifiers.get(entry.channel);
    // In the middle of a deployment another instance may have the channel: the alert is tried
    // again.
    if (!notifier) throw new Error(`No '${entry.channel}' is registered in this process.`);
    await notifier.notify(alert, signal);
    return undefined;
  }

  private issueUrl(id: number): string | undefined {
    const { baseUrl } = this.options.admin;
    return baseUrl === undefined ? undefined : `${baseUrl.replace(/\/+$/, '')}/issues/${id}`;
  }
}
