import { InvalidCursorError } from '../../lib/errors/invalid-cursor.error.js';
import type { ErrorEvent } from '../../lib/event/error-event.js';
import type { Activity, Issue, IssueStatus, TicketRef } from '../../lib/event/issue.js';
import {
  EventStore,
  type Batch,
  type EventNeighbours,
  type IssueDelta,
  type IssueQuery,
  type NewOutboxEntry,
  type OutboxEntry,
  type OutboxResult,
  type Page,
  type SaveOutcome,
  type StatusChange,
  type StoredEvent,
} from '../../lib/storage/event-store.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface IssueRecord {
  readonly issue: Mutable<Issue>;
  readonly events: StoredEvent[];
  readonly hours: Map<number, number>;
  readonly users: Set<string>;
  readonly activity: Activity[];
}

interface OutboxRecord {
  entry: OutboxEntry;
  dueAt: number;
  settled: boolean;
}

/** The whole contract in plain maps, for tests. With `down` set, every call rejects like a lost database. */
export class InMemoryEventStore extends EventStore {
  down = false;
  private readonly records = new Map<number, IssueRecord>();
  private readonly issueOf = new Map<string, number>();
  private readonly batches = new Set<string>();
  private readonly outbox = new Map<string, OutboxRecord>();
  private lastId = 0;

  async open(): Promise<void> {
    this.check();
  }

  async close(): Promise<void> {}

  async save(
    batch: Batch,
    alertsFor: (outcome: SaveOutcome) => readonly NewOutboxEntry[],
  ): Promise<readonly SaveOutcome[]> {
    this.check();
    if (this.batches.has(batch.id)) return [];
    this.batches.add(batch.id);
    return batch.deltas.map((delta) => {
      const outcome = this.saveDelta(delta);
      for (const entry of alertsFor(outcome)) this.addToOutbox(entry);
      return outcome;
    });
  }

  /** Puts a single event in, as a batch of one. */
  async add(event: ErrorEvent, count = 1): Promise<SaveOutcome> {
    const [outer] = event.exceptions;
    const delta: IssueDelta = {
      fingerprint: event.fingerprint,
      type: outer?.type ?? 'Message',
      title: outer?.value ?? event.message ?? '',
      culprit: event.culprit,
      level: event.severity,
      handled: event.handled,
      source: event.source,
      release: event.release,
      count,
      firstSeen: event.at,
      lastSeen: event.at,
      hours: new Map([[Math.floor(event.at / 3_600_000) * 3_600_000, count]]),
      samples: [{ event, weight: count }],
    };
    const id = `batch-${this.batches.size}`;
    const [outcome] = await this.save({ id, instance: 'test', deltas: [delta] }, () => []);
    if (!outcome) throw new Error('The batch was known already.');
    return outcome;
  }

  /** Puts a ticket on an issue, as a ticket tracker would through the outbox. */
  setTicket(issueId: number, ticket: TicketRef): void {
    const record = this.records.get(issueId);
    if (record) record.issue.ticket = ticket;
  }

  async findIssues(query: IssueQuery): Promise<Page<Issue>> {
    this.check();
    const sort = query.sort ?? 'lastSeen';
    const sorted = this.matching(query.search)
      .filter((issue) => !query.status || issue.status === query.status)
      .sort((a, b) => b[sort] - a[sort] || b.id - a.id);
    const start =
      query.cursor === undefined ? 0 : this.after(query.cursor, (id) => sorted.findIndex((i) => i.id === id));
    const items = sorted.slice(start, start + query.limit);
    const more = start + query.limit < sorted.length;
    return { items, nextCursor: more ? cursorAfter(items.at(-1)?.id) : undefined };
  }

  async countIssues(search?: string): Promise<Readonly<Record<IssueStatus, number>>> {
    this.check();
    const counts = { open: 0, resolved: 0, muted: 0 };
    for (const issue of this.matching(search)) counts[issue.status]++;
    return counts;
  }

  async getIssue(id: number): Promise<Issue | undefined> {
    this.check();
    const record = this.records.get(id);
    return record && { ...record.issue };
  }

  async getActivity(issueId: number, limit: number): Promise<readonly Activity[]> {
    this.check();
    return (this.records.get(issueId)?.activity ?? []).toReversed().slice(0, limit);
  }

  async findEvents(issueId: number, limit: number, cursor?: string): Promise<Page<StoredEvent>> {
    this.check();
    const events = (this.records.get(issueId)?.events ?? []).toReversed();
    const start =
      cursor === undefined ? 0 : this.after(cursor, (seq) => events.findIndex((e) => e.seq === seq));
    const items = events.slice(start, start + limit);
    return { items, nextCursor: start + limit < events.length ? cursorAfter(items.at(-1)?.seq) : undefined };
  }

  async getEvent(eventId: string): Promise<StoredEvent | undefined> {
    this.check();
    return [...this.records.values()]
      .flatMap((record) => record.events)
      .find(({ event }) => event.id === eventId);
  }

  async getNeighbours(issueId: number, seq: number): Promise<EventNeighbours> {
    this.check();
    const events = this.records.get(issueId)?.events ?? [];
    const at = events.findIndex((stored) => stored.seq === seq);
    const id = (index: number) => events[index]?.event.id;
    return {
      first: id(0),
      previous: at > 0 ? id(at - 1) : undefined,
      next: at >= 0 ? id(at + 1) : undefined,
      last: id(events.length - 1),
    };
  }

  async getHours(issueId: number, since: number): Promise<ReadonlyMap<number, number>> {
    this.check();
    const hours = this.records.get(issueId)?.hours ?? new Map<number, number>();
    return new Map([...hours].filter(([hour]) => hour >= since));
  }

  async changeStatus(issueId: number, change: StatusChange): Promise<Issue | undefined> {
    this.check();
    const record = this.records.get(issueId);
    if (!record) return undefined;
    if (record.issue.status !== change.from) return { ...record.issue };
    record.issue.status = change.status;
    record.activity.push({ kind: change.kind, at: change.at, actor: change.actor });
    return { ...record.issue };
  }

  async deleteIssue(issueId: number): Promise<boolean> {
    this.check();
    return this.records.delete(issueId);
  }

  async claimOutbox(limit: number, now: number, until: number): Promise<readonly OutboxEntry[]> {
    this.check();
    const due = [...this.outbox.values()]
      .filter((record) => !record.settled && record.dueAt <= now)
      .slice(0, limit);
    return due.map((record) => {
      record.dueAt = until;
      record.entry = { ...record.entry, attempts: record.entry.attempts + 1 };
      return record.entry;
    });
  }

  async settleOutbox(entry: OutboxEntry, result: OutboxResult, now: number): Promise<void> {
    this.check();
    const record = this.outbox.get(entry.dedupeKey);
    if (!record) return;
    const retryAt = result.sent ? undefined : result.retryAt;
    record.settled = retryAt === undefined;
    record.dueAt = retryAt ?? record.dueAt;
    const about = this.records.get(entry.issueId);
    if (!about || !record.settled) return;
    if (result.sent && result.ticket) about.issue.ticket = result.ticket;
    const kind = !result.sent ? 'alert_failed' : result.ticket ? 'ticket_created' : 'alert_sent';
    const detail = result.sent ? (result.ticket?.key ?? entry.channel) : result.error;
    about.activity.push({ kind, at: now, detail });
  }

  private check(): void {
    if (this.down) throw new Error('connect ECONNREFUSED 10.0.0.5:5432 password=hunter2');
  }

  private matching(search?: string): Issue[] {
    const wanted = search?.toLowerCase() ?? '';
    return [...this.records.values()]
      .map((record) => ({ ...record.issue }))
      .filter(({ type, title, culprit }) =>
        [type, title, culprit].some((text) => text.toLowerCase().includes(wanted)),
      );
  }

  private after(cursor: string, indexOf: (key: number) => number): number {
    const [, key] = /^after-(\d+)$/.exec(cursor) ?? [];
    const index = key === undefined ? -1 : indexOf(Number(key));
    if (index < 0) throw new InvalidCursorError();
    return index + 1;
  }

  private saveDelta(delta: IssueDelta): SaveOutcome {
    const { hash, former = [] } = delta.fingerprint;
    const known = [hash, ...former]
      .map((one) => this.records.get(this.issueOf.get(one) ?? 0))
      .find((record) => record !== undefined);
    const record = known ?? this.newRecord(delta);
    this.issueOf.set(hash, record.issue.id);
    const { issue } = record;
    const regressed = known !== undefined && issue.status === 'resolved';
    if (regressed) {
      issue.status = 'open';
      issue.regressions++;
      record.activity.push({ kind: 'regressed', at: delta.lastSeen });
    }
    issue.eventCount += delta.count;
    issue.storedCount += delta.samples.length;
    issue.lastSeen = Math.max(issue.lastSeen, delta.lastSeen);
    issue.lastRelease = delta.release ?? issue.lastRelease;
    Object.assign(issue, {
      type: delta.type,
      title: delta.title,
      culprit: delta.culprit,
      level: delta.level,
    });
    for (const [hour, count] of delta.hours) record.hours.set(hour, (record.hours.get(hour) ?? 0) + count);
    for (const { event, weight } of delta.samples) {
      record.events.push({ issueId: issue.id, seq: record.events.length + 1, weight, event });
      if (event.user?.id) record.users.add(event.user.id);
    }
    issue.userCount = record.users.size;
    return {
      fingerprint: hash,
      issueId: issue.id,
      status: issue.status,
      created: known === undefined,
      regressed,
      regressions: issue.regressions,
      eventId: delta.samples.at(-1)?.event.id,
    };
  }

  private newRecord(delta: IssueDelta): IssueRecord {
    const record: IssueRecord = {
      issue: {
        id: ++this.lastId,
        type: delta.type,
        title: delta.title,
        culprit: delta.culprit,
        status: 'open',
        level: delta.level,
        handled: delta.handled,
        source: delta.source,
        eventCount: 0,
        storedCount: 0,
        userCount: 0,
        firstSeen: delta.firstSeen,
        lastSeen: delta.lastSeen,
        regressions: 0,
        firstRelease: delta.release,
        lastRelease: delta.release,
        fingerprint: delta.fingerprint.hash,
        groupingKey: delta.fingerprint.key,
      },
      events: [],
      hours: new Map(),
      users: new Set(),
      activity: [{ kind: 'first_seen', at: delta.firstSeen }],
    };
    this.records.set(record.issue.id, record);
    return record;
  }

  private addToOutbox(entry: NewOutboxEntry): void {
    if (this.outbox.has(entry.dedupeKey)) return;
    const id = `${this.outbox.size + 1}`;
    this.outbox.set(entry.dedupeKey, { entry: { ...entry, id, attempts: 0 }, dueAt: 0, settled: false });
  }
}

function cursorAfter(key: number | undefined): string | undefined {
  return key === undefined ? undefined : `after-${key}`;
}
