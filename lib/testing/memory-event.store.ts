import { Injectable, Optional } from '@nestjs/common';
import { InvalidCursorError } from '../errors/invalid-cursor.error.js';
import type { Activity, Issue, IssueStatus } from '../event/issue.js';
import { DAY_MS, startOfDay } from '../time/durations.js';
import { decodeCursor, encodeCursor } from '../storage/cursor.js';
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
  type PruneReport,
  type RetentionRules,
  type SaveOutcome,
  type StatusChange,
  type StoredEvent,
} from '../storage/event-store.js';
import { isAheadOfClock } from '../time/clock.js';
import { issueDescription } from '../storage/typeorm/write/issue-columns.js';
import { MAX_USERS, namedUser, userOf } from '../storage/typeorm/write/issue-users.js';
import { pageSize } from '../storage/page-size.js';
import { surplusOf, trimmedAbove } from '../storage/trimming.js';
import { userKey } from '../storage/user-key.js';
import { MemoryOutbox } from './memory-outbox.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface KeptEvent extends StoredEvent {
  readonly user: string | undefined;
}

interface IssueRecord {
  readonly issue: Mutable<Issue>;
  events: KeptEvent[];
  nextSeq: number;
  hours: Map<number, number>;
  readonly users: Set<string>;
  readonly activity: Activity[];
}

/** What `MemoryEventStore`s hold; give one to several of them to let them meet. */
export class MemoryData {
  readonly records = new Map<number, IssueRecord>();
  readonly issueOf = new Map<string, number>();
  readonly lastBatch = new Map<string, string>();
  readonly outbox = new MemoryOutbox();
  lastId = 0;
}

/**
 * Keeps everything in plain maps for as long as the process lives: `forRoot({ store: MemoryEventStore })` in tests, where
 * no database is wanted. Keeps the whole contract.
 */
@Injectable()
export class MemoryEventStore extends EventStore {
  constructor(@Optional() protected readonly data: MemoryData = new MemoryData()) {
    super();
  }

  override async open(): Promise<void> {}

  override async close(): Promise<void> {}

  override async save(
    batch: Batch,
    alertsFor: (outcome: SaveOutcome) => readonly NewOutboxEntry[],
  ): Promise<readonly SaveOutcome[]> {
    const { data } = this;
    if (data.lastBatch.get(batch.instance) === batch.id) return [];
    // As a whole or not at all: whatever the callback throws comes before anything is changed.
    const before = structuredClone({ records: data.records, issueOf: data.issueOf, lastId: data.lastId });
    try {
      const outcomes = batch.deltas.map((delta) => this.saveDelta(delta));
      data.outbox.add(outcomes.flatMap((outcome) => alertsFor(outcome)));
      data.lastBatch.set(batch.instance, batch.id);
      return outcomes;
    } catch (error) {
      data.records.clear();
      data.issueOf.clear();
      for (const [id, record] of before.records) data.records.set(id, record);
      for (const [hash, id] of before.issueOf) data.issueOf.set(hash, id);
      data.lastId = before.lastId;
      throw error;
    }
  }

  override async findIssues(query: IssueQuery): Promise<Page<Issue>> {
    const sort = query.sort === 'firstSeen' || query.sort === 'eventCount' ? query.sort : 'lastSeen';
    const after = query.cursor === undefined ? undefined : decodeCursor(sort, query.cursor);
    const limit = pageSize(query.limit);
    const found = this.matching(query.search)
      .filter((issue) => query.status === undefined || issue.status === query.status)
      .sort((a, b) => b[sort] - a[sort] || b.id - a.id)
      .filter((one) => !after || one[sort] < after.value || (one[sort] === after.value && one.id < after.id));
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    return { items, ...(last && { nextCursor: encodeCursor(sort, { value: last[sort], id: last.id }) }) };
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
    const items = found.slice(0, pageSize(limit)).map(shown);
    const last = found.length > items.length ? items.at(-1) : undefined;
    return { items, ...(last && { nextCursor: encodeCursor('event', { value: last.seq, id: issueId }) }) };
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
    const behind = events.filter((one) => one.seq > seq).map(({ event }) => event.id);
    return {
      ...(before[0] !== undefined && { first: before[0], previous: before.at(-1) }),
      ...(behind[0] !== undefined && { next: behind[0], last: behind.at(-1) }),
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
    const before = { events: this.eventsKept(), issues: records.size };
    const oldest = now - rules.eventDays * DAY_MS;
    for (const [id, record] of [...records]) {
      if (isQuiet(record, now - rules.quietIssueDays * DAY_MS)) await this.deleteIssue(id);
    }
    for (const record of records.values()) {
      keep(record, ({ event }) => event.at >= oldest);
      if (record.events.length > trimmedAbove(rules.eventsPerIssue)) trim(record, rules.eventsPerIssue);
      record.hours = rolledUp(record.hours, now - rules.hourlyDays * DAY_MS, now - rules.dailyDays * DAY_MS);
    }
    for (
      let excess = this.eventsKept() - rules.events;
      excess > 0;
      excess = this.eventsKept() - rules.events
    ) {
      const [fullest] = [...records.values()].sort((a, b) => b.events.length - a.events.length);
      if (!fullest || fullest.events.length <= 1) break;
      trim(fullest, fullest.events.length - Math.min(excess, Math.ceil(fullest.events.length / 5)));
    }
    outbox.forget((_entry, settledAt) => settledAt !== undefined && settledAt < oldest);
    return {
      events: before.events - this.eventsKept(),
      issues: before.issues - records.size,
      finished: true,
    };
  }

  override async eraseUser(userId: string): Promise<number> {
    const before = this.eventsKept();
    const key = userKey(userId);
    for (const record of this.data.records.values()) {
      keep(record, ({ user, event }) => user !== key && namedUser(event) !== key);
      record.users.delete(key);
    }
    return before - this.eventsKept();
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

  private eventsKept(): number {
    return [...this.data.records.values()].reduce((sum, { events }) => sum + events.length, 0);
  }

  private matching(search = ''): Issue[] {
    const wanted = search.toLowerCase();
    return [...this.data.records.values()]
      .map(({ issue }) => ({ ...issue }))
      .filter(({ type, title, culprit }) => `${type}\n${title}\n${culprit}`.toLowerCase().includes(wanted));
  }

  private saveDelta(delta: IssueDelta): SaveOutcome {
    const { hash, former = [] } = delta.fingerprint;
    const known = [hash, ...former]
      .map((one) => this.data.records.get(this.data.issueOf.get(one) ?? 0))
      .find((record) => record !== undefined);
    const record = known ?? this.newRecord(delta);
    const { issue } = record;
    this.data.issueOf.set(hash, issue.id);
    const regressed = issue.status === 'resolved';
    if (regressed) {
      issue.status = 'open';
      issue.regressions += 1;
      record.activity.push({ kind: 'regressed', at: delta.firstSeen });
    }
    addTo(record, delta);
    return {
      fingerprint: hash,
      issueId: issue.id,
      status: issue.status,
      created: known === undefined,
      regressed,
      regressions: issue.regressions,
      ...(delta.samples.length > 0 && { eventId: delta.samples.at(-1)?.event.id }),
    };
  }

  private newRecord(delta: IssueDelta): IssueRecord {
    const { firstSeen, lastSeen, fingerprint } = delta;
    const { release, ...about } = described(delta);
    const record: IssueRecord = {
      issue: {
        ...{ ...about, id: ++this.data.lastId, status: 'open' },
        ...{ eventCount: 0, storedCount: 0, userCount: 0, firstSeen, lastSeen, regressions: 0 },
        ...(release !== undefined && { firstRelease: release, lastRelease: release }),
        fingerprint: fingerprint.hash,
        groupingKey: fingerprint.key,
      },
      events: [],
      nextSeq: 1,
      hours: new Map(),
      users: new Set(),
      activity: [{ kind: 'first_seen', at: firstSeen }],
    };
    this.data.records.set(record.issue.id, record);
    return record;
  }
}

/** As a database would keep it. */
function described(
  delta: IssueDelta,
): Pick<IssueDelta, 'type' | 'title' | 'culprit' | 'level' | 'handled' | 'source' | 'release'> {
  const { type, title, culprit, release } = issueDescription(delta);
  const { level, handled, source } = delta;
  return { type, title, culprit, level, handled, source, ...(release !== null && { release }) };
}

function addTo(record: IssueRecord, delta: IssueDelta): void {
  const { issue } = record;
  const { release, ...about } = described(delta);
  if (isAheadOfClock(issue.lastSeen)) issue.lastSeen = 0;
  if (delta.lastSeen >= issue.lastSeen) {
    Object.assign(issue, about);
    if (release !== undefined) issue.lastRelease = release;
  }
  issue.firstSeen = Math.min(issue.firstSeen, delta.firstSeen);
  issue.lastSeen = Math.max(issue.lastSeen, delta.lastSeen);
  issue.eventCount += delta.count;
  for (const [hour, n] of delta.hours) record.hours.set(hour, (record.hours.get(hour) ?? 0) + n);
  for (const sample of delta.samples) {
    const event = JSON.parse(JSON.stringify(sample.event)) as StoredEvent['event'];
    const { weight } = sample;
    record.events.push({ issueId: issue.id, seq: record.nextSeq++, weight, event, user: userOf(sample) });
  }
  issue.storedCount = record.events.length;
  for (const user of delta.users ?? delta.samples.map(userOf)) {
    if (user === undefined || record.users.has(user) || issue.userCount >= MAX_USERS) continue;
    record.users.add(user);
    issue.userCount += 1;
  }
}

function isQuiet({ issue, activity }: IssueRecord, since: number): boolean {
  const isUntouched = issue.lastSeen < since && activity.every(({ at }) => at < since);
  return issue.status === 'resolved' && isUntouched;
}

function keep(record: IssueRecord, stays: (event: KeptEvent) => boolean): void {
  record.events = record.events.filter(stays);
  record.issue.storedCount = record.events.length;
}

function trim(record: IssueRecord, most: number): void {
  const comebacks = record.activity.filter(({ kind }) => kind === 'regressed').map(({ at }) => at);
  const events = record.events.map(({ event }) => event);
  const surplus = new Set(surplusOf(events, comebacks, most));
  if (surplus.size > 0) keep(record, ({ event }) => !surplus.has(event.id));
}

function rolledUp(
  hours: ReadonlyMap<number, number>,
  hourlySince: number,
  since: number,
): Map<number, number> {
  const kept = new Map<number, number>();
  for (const [hour, n] of hours) {
    const day = startOfDay(hour);
    if (day < startOfDay(since)) continue;
    const start = day < startOfDay(hourlySince) ? day : hour;
    kept.set(start, (kept.get(start) ?? 0) + n);
  }
  return kept;
}

function shown({ issueId, seq, weight, event }: KeptEvent): StoredEvent {
  return { issueId, seq, weight, event };
}
