import { Injectable } from '@nestjs/common';
import { tell } from '../errors/tell.js';
import { MINUTE_MS } from '../time/durations.js';

const RECENT_MS = 5 * MINUTE_MS;

/** Why an event was lost without being counted in its issue. */
export type DropReason = 'pending_issues' | 'refused' | 'failed' | 'closed';

/** Why only the count of an event was kept. */
export type DetailDropReason = 'pending_bytes' | 'refused';

/**
 * Counts what is given up, by reason. Logs the first loss, and the next one only after five minutes
 * without any.
 */
export class DropCounter<Reason extends string> {
  private readonly counts = new Map<Reason, number>();
  private lastAt = -Infinity;

  /** @param line what a loss means, for the log */
  constructor(private readonly line: string) {}

  /** Whether something was given up within the last five minutes. */
  get isRecent(): boolean {
    return performance.now() - this.lastAt < RECENT_MS;
  }

  add(reason: Reason, events: number, why = ''): void {
    this.counts.set(reason, this.of(reason) + events);
    const isNew = !this.isRecent;
    this.lastAt = performance.now();
    if (isNew) tell('warn', `${this.line} (${reason}). ${why}`.trimEnd());
  }

  of(reason: Reason): number {
    return this.counts.get(reason) ?? 0;
  }

  byReason(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.counts);
  }
}

/**
 * What became of the events of this process, in numbers since its start. Written where it happens,
 * read by the health of the tracker.
 */
@Injectable()
export class EventCounters {
  /** Events that came into the accumulator. */
  received = 0;
  stored = 0;
  /** What the application's own options left out. */
  readonly leftOut = { sampled: 0, before_capture: 0 };
  readonly dropped = new DropCounter<DropReason>('Events are lost');
  readonly droppedDetails = new DropCounter<DetailDropReason>('Events are counted without their details');
  /** Failures inside the tracker that cost a part of an event, or all of it. */
  internalErrors = 0;

  /**
   * An event was lost by a failure of the tracker, or of something that the application gave to it.
   */
  failed(): void {
    this.internalErrors += 1;
    this.dropped.add('failed', 1, 'The tracker, or something given to it, failed.');
  }
}
