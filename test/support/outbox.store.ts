import type { Issue } from '../../lib/event/issue.js';
import {
  EventStore,
  type NewOutboxEntry,
  type OutboxEntry,
  type OutboxResult,
  type StoredEvent,
} from '../../lib/storage/event-store.js';
import { anEvent, anIssue } from './alerts.js';

interface Row {
  readonly entry: NewOutboxEntry;
  attempts: number;
  claimedUntil: number;
  dueAt: number | undefined;
}

const unused = (): never => {
  throw new Error('not used by alerting');
};

/** The outbox half of an event store, in memory. */
export class OutboxStore extends EventStore {
  readonly rows: Row[] = [];
  readonly settled: { readonly entry: OutboxEntry; readonly result: OutboxResult; readonly at: number }[] =
    [];
  readonly issues = new Map<number, Issue>();
  readonly events = new Map<string, StoredEvent>();
  claims = 0;
  /** Thrown by the next calls of `claimOutbox`. */
  away: Error | undefined;
  /** How many calls of `settleOutbox` fail from now on. */
  settleFailures = 0;

  put(dedupeKey: string, channel: string, issueId = 42): void {
    this.issues.set(issueId, anIssue({ id: issueId }));
    const event = anEvent();
    this.events.set(event.id, { issueId, seq: 1, weight: 1, event });
    const kind = dedupeKey.startsWith('regression') ? 'regression' : 'new-issue';
    this.rows.push({
      entry: { dedupeKey: `${dedupeKey}:${channel}`, channel, kind, issueId, eventId: event.id },
      attempts: 0,
      claimedUntil: 0,
      dueAt: 0,
    });
  }

  override async claimOutbox(limit: number, now: number, until: number): Promise<readonly OutboxEntry[]> {
    this.claims++;
    if (this.away) throw this.away;
    const due = this.rows.filter(
      (row) => row.dueAt !== undefined && row.dueAt <= now && row.claimedUntil <= now,
    );
    return due.slice(0, limit).map((row) => {
      row.attempts++;
      row.claimedUntil = until;
      return { ...row.entry, id: row.entry.dedupeKey, attempts: row.attempts };
    });
  }

  override async settleOutbox(entry: OutboxEntry, result: OutboxResult, now: number): Promise<void> {
    if (this.settleFailures > 0) {
      this.settleFailures--;
      throw new Error('database is locked');
    }
    const row = this.rows.find((candidate) => candidate.entry.dedupeKey === entry.dedupeKey);
    if (row) {
      row.claimedUntil = 0;
      row.dueAt = result.sent ? undefined : result.retryAt;
    }
    this.settled.push({ entry, result, at: now });
  }

  override async getIssue(id: number): Promise<Issue | undefined> {
    return this.issues.get(id);
  }

  override async getEvent(eventId: string): Promise<StoredEvent | undefined> {
    return this.events.get(eventId);
  }

  override open = unused;
  override prune = unused;
  override eraseUser = unused;
  override close = unused;
  override save = unused;
  override findIssues = unused;
  override countIssues = unused;
  override getActivity = unused;
  override findEvents = unused;
  override getNeighbours = unused;
  override getHours = unused;
  override changeStatus = unused;
  override deleteIssue = unused;
}
