import { Injectable, Optional } from '@nestjs/common';
import { InvalidCursorError } from '../errors/invalid-cursor.error.js';
import type { Activity, Issue, IssueStatus } from '../event/issue.js';
import type { RetentionRules } from '../options/resolved-options.js';
import type { Batch, OutboxEntry, OutboxResult, SaveOutcome } from '../storage/batch.js';
import { EventStore, type AlertsFor } from '../storage/event-store.js';
import { searchable } from '../storage/issue-columns.js';
import { decodeCursor, pageOf, pageSize } from '../storage/paging.js';
import type {
  EventNeighbours,
  IssueQuery,
  Page,
  PruneReport,
  StatusChange,
  StoredEvent,
} from '../storage/queries.js';
import { trimmedAbove } from '../storage/events-to-trim.js';
import { userKey } from '../storage/user-key.js';
import { DAY_MS } from '../time/durations.js';
import { MemoryData } from './memory-data.js';
import { forgetUser, isStale, keepEvents, rollUpHours, trimEvents } from './memory-record.js';

/**
 * Keeps everything in plain maps for as long as the process lives, and keeps the whole contract:
 * for tests that want no database, `forRoot({ store: MemoryEventStore })`.
 */
@Injectable()
export class MemoryEventStore extends EventStore {
  constructor(@Optional() protected readonly data: MemoryData = new MemoryData()) {
    super();
  }

  override async open(): Promise<void> {}

  override async close(): Promise<void> {}

  override async save(batch: Batch, alertsFor: AlertsFor): Promise<readonly SaveOutcome[]> {
    const { data } = this;
    if (data.lastBatch.get(batch.instance) === batch.id) return [];
    // A batch is saved as a whole or not at all, and `alertsFor` may throw.
    const undo = data.remember();
    try {
      const outcomes = batch.deltas.map((delta) => data.add(delta));
      data.outbox.add(outcomes.flatMap((outcome) => alertsFor(outcome)));
      data.lastBatch.set(batch.instance, batch.id);
      return outcomes;
    } catch (error) {
      undo();
      throw error;
    }
  }

  override async findIssues(query: IssueQuery): Promise<Page<Issue>> {
    const sort = query.sort === 'firstSeen' || query.sort === 'eventCount' ? query.sort : 'lastSeen';
    const after = query.cursor === undefined ? undefined : decodeCursor(sort, query.cursor);
    const size = pageSize(query.limit);
    const found = this.matching(query.search)
      .filter((issue) => query.status === undefined || issue.status === query.status)
      .sort((a, b) => b[sort] - a[sort] || b.id - a.id)
      .filter((one) => !after || one[sort] < after.value || (one[sort] === after.value && one.id < after.id));
    return pageOf(sort, found, size, (issue) => ({ value: issue[sort], id: issue.id }));
  }

  override async countIssues(search?: string): Promise<Readonly<Record<IssueStatus, number>>> {
    const counts = { open: 0, resolved: 0, muted: 0 };
    for (const issue of this.matching(search)) counts[issue.status] += 1;
    return counts;
  }

  override async getIssue(id: number): Promise<Issue | undefined> {
    const record = this.data.records.get(id);
    return record && { ...record.issue };
  }

  override async getActivity(issueId: number, limit: number): Promise<readonly Activity[]> {
    return (this.data.records.get(issueId)?.activity ?? []).toReversed().slice(0, pageSize(limit));
  }

  override async findEvents(issueId: number, limit: number, cursor?: string): Promise<Page<StoredEvent>> {
    const record = this.data.records.get(issueId);
    if (!record) return { items: [] };
    const after = cursor === undefined ? undefined : decodeCursor('event', cursor);
    if (after && after.id !== issueId) throw new InvalidCursorError();
    const found = record.events.toReversed().filter(({ seq }) => !after || seq < after.value);
    return pageOf('event', found.map(shown), pageSize(limit), ({ seq }) => ({ value: seq, id: issueId }));
  }

  override async getEvent(eventId: string): Promise<StoredEvent | undefined> {
    for (const { events } of this.data.records.values()) {
      const found = events.find(({ event }) => event.id === eventId);
      if (found) return shown(found);
    }
    return undefined;
  }

  override async getNeighbours(issueId: number, seq: number): Promise<EventNeighbours> {
    const events = this.data.records.get(issueId)?.events ?? [];
    const before = events.filter((one) => one.seq < seq).map(({ event }) => event.id);
    const after = events.filter((one) => one.seq > seq).map(({ event }) => event.id);
    return {
      ...(before[0] !== undefined && { first: before[0], previous: before.at(-1) }),
      ...(after[0] !== undefined && { next: after[0], last: after.at(-1) }),
    };
  }

  override async getHours(
    issueIds: readonly number[],
    since: number,
  ): Promise<ReadonlyMap<number, ReadonlyMap<number, number>>> {
    const found = issueIds.map((id): [number, ReadonlyMap<number, number>] => {
      const hours = [...(this.data.records.get(id)?.hours ?? [])].sort(([a], [b]) => a - b);
      return [id, new Map(hours.filter(([hour]) => hour >= since))];
    });
    return new Map(found.filter(([, hours]) => hours.size > 0));
  }

  override async changeStatus(issueId: number, change: StatusChange): Promise<Issue | undefined> {
    const record = this.data.records.get(issueId);
    if (!record) return undefined;
    const { from, status, kind, at, actor } = change;
    if (record.issue.status === from) {
      record.issue.status = status;
      record.activity.push({ kind, at, ...(actor !== undefined && { actor }) });
    }
    return { ...record.issue };
  }

  override async deleteIssue(issueId: number): Promise<boolean> {
    this.data.outbox.forget((entry) => entry.issueId === issueId);
    for (const [hash, id] of this.data.issueOf) if (id === issueId) this.data.issueOf.delete(hash);
    return this.data.records.delete(issueId);
  }

  override async prune(rules: RetentionRules, _owner: string, now: number): Promise<PruneReport> {
    const { records, outbox } = this.data;
    const before = { events: this.data.eventCount, issues: records.size };
    const oldest = now - rules.eventDays * DAY_MS;
    for (const [id, record] of [...records]) {
      if (isStale(record, now - rules.quietIssueDays * DAY_MS)) await this.deleteIssue(id);
    }
    for (const record of records.values()) {
      keepEvents(record, ({ event }) => event.at >= oldest);
      if (record.events.length > trimmedAbove(rules.eventsPerIssue)) trimEvents(record, rules.eventsPerIssue);
      rollUpHours(record, rules, now);
    }
    this.trimAll(rules.events);
    outbox.forget((_entry, settledAt) => settledAt !== undefined && settledAt < oldest);
    return {
      events: before.events - this.data.eventCount,
      issues: before.issues - records.size,
      finished: true,
    };
  }

  override async eraseUser(userId: string): Promise<number> {
    const before = this.data.eventCount;
    const key = userKey(userId);
    for (const record of this.data.records.values()) forgetUser(record, key);
    return before - this.data.eventCount;
  }

  override async claimOutbox(limit: number, now: number, until: number): Promise<readonly OutboxEntry[]> {
    return this.data.outbox.claim(limit, now, until);
  }

  override async settleOutbox(entry: OutboxEntry, result: OutboxResult, now: number): Promise<void> {
    if (!this.data.outbox.settle(entry, result, now)) return;
    const record = this.data.records.get(entry.issueId);
    if (!record) return;
    if (!result.sent) {
      const detail = `${entry.channel}: ${result.error}`.slice(0, 500);
      record.activity.push({ kind: 'alert_failed', at: now, detail });
      return;
    }
    if (result.ticket) record.issue.ticket = result.ticket;
    const kind = result.ticket ? 'ticket_created' : 'alert_sent';
    record.activity.push({ kind, at: now, detail: result.ticket?.key ?? entry.channel });
  }

  /** The fullest issues lose a fifth at a time until all events are within their bound. */
  private trimAll(bound: number): void {
    for (let excess = this.data.eventCount - bound; excess > 0; excess = this.data.eventCount - bound) {
      const [fullest] = [...this.data.records.values()].sort((a, b) => b.events.length - a.events.length);
      const stored = fullest?.events.length ?? 0;
      if (!fullest || stored <= 1) return;
      trimEvents(fullest, stored - Math.min(excess, Math.ceil(stored / 5)));
    }
  }

  private matching(search = ''): Issue[] {
    const wanted = searchable(search);
    return [...this.data.records.values()]
      .map(({ issue }) => ({ ...issue }))
      .filter(({ type, title, culprit }) => searchable(`${type}\n${title}\n${culprit}`).includes(wanted));
  }
}

function shown({ issueId, seq, weight, event }: StoredEvent): StoredEvent {
  return { issueId, seq, weight, event };
}
