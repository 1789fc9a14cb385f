import type { Activity, Issue } from '../event/issue.js';
import type { RetentionRules } from '../options/resolved-options.js';
import type { IssueDelta } from '../storage/batch.js';
import { eventsToTrim } from '../storage/events-to-trim.js';
import { issueColumns } from '../storage/issue-columns.js';
import type { StoredEvent } from '../storage/queries.js';
import { MAX_USERS, namedUser, userOf } from '../storage/user-key.js';
import { isAheadOfClock } from '../time/clock.js';
import { DAY_MS, startOfDay } from '../time/durations.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface KeptEvent extends StoredEvent {
  readonly user: string | undefined;
}

/** An issue with everything that belongs to it, as `MemoryEventStore` keeps it. */
export interface IssueRecord {
  readonly issue: Mutable<Issue>;
  events: KeptEvent[];
  nextSeq: number;
  hours: Map<number, number>;
  readonly users: Set<string>;
  readonly activity: Activity[];
}

/** A new issue without events. They are added as to any other. */
export function newRecord(id: number, delta: IssueDelta): IssueRecord {
  const { firstSeen, lastSeen, fingerprint } = delta;
  const { release, ...about } = described(delta);
  return {
    issue: {
      ...about,
      id,
      status: 'open',
      eventCount: 0,
      storedCount: 0,
      userCount: 0,
      firstSeen,
      lastSeen,
      regressions: 0,
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
}

/** Adds what happened since the last flush. */
export function addDelta(record: IssueRecord, delta: IssueDelta): void {
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

/**
 * Whether somebody resolved the issue and nothing happened to it since a moment, in epoch
 * milliseconds.
 */
export function isStale({ issue, activity }: IssueRecord, since: number): boolean {
  return issue.status === 'resolved' && issue.lastSeen < since && activity.every(({ at }) => at < since);
}

/** Deletes the events that do not stay. */
export function keepEvents(record: IssueRecord, stays: (event: KeptEvent) => boolean): void {
  record.events = record.events.filter(stays);
  record.issue.storedCount = record.events.length;
}

export function trimEvents(record: IssueRecord, share: number): void {
  const comebacks = record.activity.filter(({ kind }) => kind === 'regressed').map(({ at }) => at);
  const events = record.events.map(({ event }) => event);
  const toTrim = new Set(eventsToTrim(events, comebacks, share));
  if (toTrim.size > 0) keepEvents(record, ({ event }) => !toTrim.has(event.id));
}

/** Makes one count of every old day, and forgets very old ones. */
export function rollUpHours(
  record: IssueRecord,
  { hourlyDays, dailyDays }: RetentionRules,
  now: number,
): void {
  const hourlySince = startOfDay(now - hourlyDays * DAY_MS);
  const since = startOfDay(now - dailyDays * DAY_MS);
  const kept = new Map<number, number>();
  for (const [hour, n] of record.hours) {
    const day = startOfDay(hour);
    if (day < since) continue;
    const start = day < hourlySince ? day : hour;
    kept.set(start, (kept.get(start) ?? 0) + n);
  }
  record.hours = kept;
}

/** Deletes everything that shows a user. The counts stay. */
export function forgetUser(record: IssueRecord, key: string): void {
  keepEvents(record, ({ user, event }) => user !== key && namedUser(event) !== key);
  record.users.delete(key);
}

/** What a delta says of its newest event, as a database would keep it. */
function described(
  delta: IssueDelta,
): Pick<IssueDelta, 'type' | 'title' | 'culprit' | 'level' | 'handled' | 'source' | 'release'> {
  const { type, title, culprit, release } = issueColumns(delta);
  const { level, handled, source } = delta;
  return { type, title, culprit, level, handled, source, ...(release !== null && { release }) };
}
