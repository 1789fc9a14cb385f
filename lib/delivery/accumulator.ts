import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { ErrorEvent } from '../event/error-event.js';
import type { Fingerprint } from '../event/fingerprint.js';
import { jsonBytes } from '../bounds/json-size.js';
import { RESOLVED_OPTIONS, type ResolvedLimits, type ResolvedOptions } from '../options/resolved-options.js';
import type { IssueDelta, SaveOutcome } from '../storage/event-store.js';
import { MAX_USERS } from '../storage/user-key.js';
import { describeIssue, type IssueDescription } from './issue-description.js';
import { LagGuard } from './lag-guard.js';
import { Losses } from './drop-counter.js';
import { NewIssueGate } from './new-issue-gate.js';
import { Sampling } from './sampling.js';
import { startOfHour } from '../time/durations.js';

const KNOWN_ISSUES = 5_000;
/** What one more user costs in memory. */
const USER_BYTES = 150;
const NOT_STORED = 'More came in than could be stored.';

/** Why an event is counted nowhere. */
export type DropReason = 'pending_issues' | 'refused' | 'failed' | 'closed';

/** Why an event is counted, and nothing else is known of it. */
export type DetailDropReason = 'pending_bytes' | 'refused';

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
 * Holds what happened since the last flush, one entry per bug. A storm of one bug costs a counter; memory is bounded
 * by the number of bugs and by the bytes of the events kept as samples.
 */
@Injectable()
export class Accumulator {
  /** Called when something is waiting; `urgent` when a bug was seen for the first time. */
  onPending: (urgent: boolean) => void = () => undefined;

  /** Events that came in. */
  received = 0;
  readonly dropped = new Losses<DropReason>('Events are lost');
  readonly droppedDetails = new Losses<DetailDropReason>('Events are counted without their details');

  readonly lag = new LagGuard();
  private readonly gate: NewIssueGate;
  private readonly limits: ResolvedLimits;
  private readonly known = new LRUCache<string, KnownIssue>({ max: KNOWN_ISSUES });
  private pending = new Map<string, PendingIssue>();
  private pendingBytes = 0;
  private takenBytes = 0;

  constructor(@Inject(RESOLVED_OPTIONS) options: ResolvedOptions) {
    this.limits = options.limits;
    this.gate = new NewIssueGate(options.limits.newIssuesPerMinute);
  }

  get pendingIssues(): number {
    return this.pending.size;
  }

  /** Of the events kept as samples, until whoever took them has `settled` them. */
  get bytes(): number {
    return this.pendingBytes + this.takenBytes;
  }

  get pendingEvents(): number {
    let events = 0;
    for (const issue of this.pending.values()) events += issue.count;
    return events;
  }

  /** What the event is to be grouped by: a new bug of too many at a time does not get an issue of its own. */
  grouped(fingerprint: Fingerprint, type: string): Fingerprint {
    return this.known.has(fingerprint.hash)
      ? fingerprint
      : this.gate.grouped(fingerprint, type, performance.now());
  }

  /** Whether the next event of this bug is worth making in full; if not, `count` it. */
  wantsSample(hash: string): boolean {
    const known = this.known.get(hash);
    return known === undefined || (!this.lag.isLagging && known.sampling.wants(performance.now()));
  }

  /** Hears from the store what became of a bug. */
  learn({ fingerprint, created, regressed, eventId }: SaveOutcome): void {
    if (!created) this.gate.wasKnown(fingerprint);
    // The next event is worth making, whatever was kept before: the issue came back without one.
    if (regressed && eventId === undefined) this.known.get(fingerprint)?.sampling.restart();
  }

  /** Takes in an event of a bug that `wantsSample` refused. */
  count(hash: string, at: number, user?: string): void {
    const known = this.known.get(hash);
    const pending = known && this.enter(hash, known.description, at);
    if (!pending) return;
    this.countUser(pending, user);
    const newest = pending.samples.at(-1);
    if (newest) newest.weight += 1;
    this.onPending(false);
  }

  /** @param user what stands for the user it happened to */
  add(event: ErrorEvent, user?: string): void {
    const hash = event.fingerprint.hash;
    const description = describeIssue(event);
    const known = this.known.get(hash);
    if (known) known.description = description;
    const sampling = known?.sampling ?? new Sampling();
    if (!known) {
      this.known.set(hash, { sampling, description });
      this.gate.passes(event.fingerprint);
    }

    const pending = this.enter(hash, description, event.at);
    if (!pending) return;
    this.countUser(pending, user);
    sampling.took(performance.now());
    const bytes = jsonBytes(event);
    if (this.bytes + bytes > this.limits.pendingBytes) {
      this.droppedDetails.add('pending_bytes', 1, NOT_STORED);
    } else {
      this.pendingBytes += bytes;
      pending.samples.push({ event, weight: 1, ...(user !== undefined && { user }) });
    }
    this.onPending(!known);
  }

  /** Hands over everything that is waiting, sorted by fingerprint, so that concurrent flushes lock rows in one order. */
  take(): readonly IssueDelta[] {
    const taken = [...this.pending.values()];
    this.pending = new Map();
    this.takenBytes += this.pendingBytes;
    this.pendingBytes = 0;
    return taken
      .map(({ description, users, ...rest }) => ({ ...description, ...rest, users: [...users] }))
      .sort((a, b) => (a.fingerprint.hash < b.fingerprint.hash ? -1 : 1));
  }

  /** What was taken is stored, or given up. */
  settled(): void {
    this.takenBytes = 0;
  }

  private countUser({ users }: PendingIssue, user: string | undefined): void {
    if (user === undefined || users.size >= MAX_USERS || users.has(user)) return;
    if (this.bytes + USER_BYTES > this.limits.pendingBytes) return;
    this.pendingBytes += USER_BYTES;
    users.add(user);
  }

  private enter(hash: string, description: IssueDescription, at: number): PendingIssue | undefined {
    this.received += 1;
    let pending = this.pending.get(hash);
    if (!pending) {
      if (this.pending.size >= this.limits.pendingIssues) {
        this.dropped.add('pending_issues', 1, NOT_STORED);
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
    // One event that is worth an alert is enough.
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
