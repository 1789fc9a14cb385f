import { HOUR_MS } from '../time/durations.js';

const ALWAYS = 20;
const QUICK_PER_HOUR = 30;
const QUICK_PAUSE_MS = 1_000;
/** So that the newest event is never much older than the last one, and an hour has 60 at most. */
const SLOW_PAUSE_MS = 120_000;

/** Which events of one issue are kept: the first 20, then one a second until an hour has 30, then one every two minutes. */
export class Sampling {
  private taken = 0;
  private lastAt = -Infinity;
  private hourStart = -Infinity;
  private takenThisHour = 0;

  /** @param now monotonic milliseconds, so that a clock set back does not stop the sampling */
  wants(now: number): boolean {
    if (this.taken < ALWAYS) return true;
    const isQuick = this.takenThisHour < QUICK_PER_HOUR || now - this.hourStart >= HOUR_MS;
    return now - this.lastAt >= (isQuick ? QUICK_PAUSE_MS : SLOW_PAUSE_MS);
  }

  /** As if nothing had been kept yet, but for the bound of the hour. */
  restart(): void {
    this.taken = Math.min(this.taken, ALWAYS - 1);
  }

  took(now: number): void {
    this.taken += 1;
    this.lastAt = now;
    if (now - this.hourStart >= HOUR_MS) {
      this.hourStart = now;
      this.takenThisHour = 0;
    }
    this.takenThisHour += 1;
  }
}
