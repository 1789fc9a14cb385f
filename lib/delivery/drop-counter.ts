import { tell } from '../errors/tell.js';
import { MINUTE_MS } from '../time/durations.js';

const RECENT_MS = 5 * MINUTE_MS;

/** Counts what had to be given up, by reason, and says so once: again only after it has been quiet for five minutes. */
export class Losses<Reason extends string> {
  private readonly counts = new Map<Reason, number>();
  private lastAt = -Infinity;

  /** @param line what it means, for the log */
  constructor(private readonly line: string) {}

  /** Whether there was one within the last five minutes. */
  get areRecent(): boolean {
    return performance.now() - this.lastAt < RECENT_MS;
  }

  add(reason: Reason, events: number, why = ''): void {
    this.counts.set(reason, this.of(reason) + events);
    const isNew = !this.areRecent;
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
