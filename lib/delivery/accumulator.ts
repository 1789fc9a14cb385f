import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { ErrorEvent } from '../event/error-event.js';
import type { Fingerprint } from '../event/fingerprint.js';
import { jsonBytes } from '../bounds/json-size.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import { runInternally } from '../scope/internal-work.js';
import type { IssueDelta, SaveOutcome } from '../storage/event-store.js';
import { MAX_USERS } from '../storage/user-key.js';
import { startOfHour } from '../time/durations.js';
import { EventCounters } from './event-counters.js';
import { describeIssue, type IssueDescription } from './issue-description.js';
import { LagGuard } from './lag-guard.js';
import { NewIssueGate } from './new-issue-gate.js';
import { Sampling } from './sampling.js';

const MAX_KNOWN_ISSUES = 5_000;
/** What one more user costs in memory. */
const USER_BYTES = 150;
const NOT_STORED = 'More came in than could be stored.';

interface KnownIssue {
  readonly sampling: Sampling;
  description: IssueDescription;
}

interface PendingIssue {
  description: IssueDescription;
  count: number;
  firstSeen: number;
  lastSeen: number;
  readonly hours: Map<number, number>;
  readonly samples: { readonly event: ErrorEvent; weight: number; readonly user?: string }[];
  readonly users: Set<string>;
}

/**
 * Holds what happened since the last flush, one entry for each bug. A storm of one bug costs a
 * counter. Memory is bounded by the number of bugs, and by the bytes of the events kept as samples.
 */
@Injectable()
export class Accumulator implements OnModuleInit, OnApplicationShutdown {
  private readonly lag = new LagGuard();
  private readonly gate: NewIssueGate;
  private readonly known = new LRUCache<string, KnownIssue>({ max: MAX_KNOWN_ISSUES });
  private pending = new Map<string, PendingIssue>();
  private pendingBytes = 0;
  private takenBytes = 0;

  constructor(
    private readonly counters: EventCounters,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    this.gate = new NewIssueGate(options.limits.newIssuesPerMinute);
  }

  onModuleInit(): void {
    if (this.options.enabled) runInternally(() => this.lag.start());
  }

  onApplicationShutdown(): void {
    this.lag.stop();
  }

  get pendingIssues(): number {
    return this.pending.size;
  }

  /**
   * Bytes of the events kept as samples, those that were taken included until they are forgotten.
   */
  get bytes(): number {
    return this.pendingBytes + this.takenBytes;
  }

  get pendingEvents(): number {
    let events = 0;
    for (const issue of this.pending.values()) events += issue.count;
    return events;
  }

  /** The fingerprint to group by: the event's own, or a shared one while too many bugs are new. */
  fingerprintFor(fingerprint: Fingerprint, type: string): Fingerprint {
    return this.known.has(fingerprint.hash)
      ? fingerprint
      : this.gate.fingerprintFor(fingerprint, type, performance.now());
  }

  /** Whether the next event of this bug is worth making in full; if not, `count` it. */
  wantsSample(hash: string): boolean {
    const known = this.known.get(hash);
    return known === undefined || (!this.lag.isLagging && known.sampling.wants(performance.now()));
  }

  /** Hears from the store what became of a bug. */
  learn({ fingerprint, created, regressed, eventId }: SaveOutcome): void {
    this.gate.learn(fingerprint, created);
    // The issue came back without an event of its own: the next one is worth making, whatever was
    // kept before.
    if (regressed && eventId === undefined) this.known.get(fingerprint)?.sampling.restart();
  }

  /**
   * Takes in an event of a bug that `wantsSample` refused.
   *
   * @param user key of the affected user, see `userKey`
   */
  count(hash: string, at: number, user?: string): void {
    const known = this.known.get(hash);
    const pending = known && this.enter(hash, known.description, at);
    if (!pending) return;
    this.countUser(pending, user);
    const newest = pending.samples.at(-1);
    if (newest) newest.weight += 1;
  }

  /**
   * Takes in an event in full.
   *
   * @param user key of the affected user, see `userKey`
   * @returns whether the event was accepted and its bug is new to this process
   */
  add(event: ErrorEvent, user?: string): boolean {
    const hash = event.fingerprint.hash;
    const description = describeIssue(event);
    const known = this.known.get(hash);
    if (known) known.description = description;
    const sampling = known?.sampling ?? new Sampling();
    if (!known) {
      this.known.set(hash, { sampling, description });
      this.gate.pass(event.fingerprint);
    }

    const pending = this.enter(hash, description, event.at);
    if (!pending) return false;
    this.countUser(pending, user);
    sampling.kept(performance.now());
    const bytes = jsonBytes(event);
    if (this.bytes + bytes > this.options.limits.pendingBytes) {
      this.counters.droppedDetails.add('pending_bytes', 1, NOT_STORED);
    } else {
      this.pendingBytes += bytes;
      pending.samples.push({ event, weight: 1, ...(user !== undefined && { user }) });
    }
    return !known;
  }

  /**
   * Hands over all that waits, sorted by fingerprint, so that flushes of several processes lock
   * rows in one order.
   */
  takePending(): readonly IssueDelta[] {
    const taken = [...this.pending.values()];
    this.pending = new Map();
    this.takenBytes += this.pendingBytes;
    this.pendingBytes = 0;
    return taken
      .map(({ description, users, ...rest }) => ({ ...description, ...rest, users: [...users] }))
      .sort((a, b) => (a.fingerprint.hash < b.fingerprint.hash ? -1 : 1));
  }

  /** What was taken is stored, or given up: it takes no memory any more. */
  forgetTaken(): void {
    this.takenBytes = 0;
  }

  private countUser({ users }: PendingIssue, user: string | undefined): void {
    if (user === undefined || users.size >= MAX_USERS || users.has(user)) return;
    if (this.bytes + USER_BYTES > this.options.limits.pendingBytes) return;
    this.pendingBytes += USER_BYTES;
    users.add(user);
  }

  private enter(hash: string, description: IssueDescription, at: number): PendingIssue | undefined {
    this.counters.received += 1;
    let pending = this.pending.get(hash);
    if (!pending) {
      if (this.pending.size >= this.options.limits.pendingIssues) {
        this.counters.dropped.add('pending_issues', 1, NOT_STORED);
        return undefined;
      }
      pending = {
        description,
        count: 0,
        firstSeen: at,
        lastSeen: at,
        hours: new Map(),
        samples: [],
        users: new Set(),
      };
      this.pending.set(hash, pending);
    }
    // One event that is worth an alert is enough to alert.
    const quiet = pending.description.quiet === true && description.quiet === true;
    pending.description = quiet === (description.quiet === true) ? description : { ...description, quiet };
    pending.count += 1;
    pending.firstSeen = Math.min(pending.firstSeen, at);
    pending.lastSeen = Math.max(pending.lastSeen, at);
    const hour = startOfHour(at);
    pending.hours.set(hour, (pending.hours.get(hour) ?? 0) + 1);
    return pending;
  }
}
