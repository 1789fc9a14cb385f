import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../time/durations.js';

const FIRST_KEPT = 20;
const QUICK_PER_HOUR = 30;
const QUICK_PAUSE_MS = SECOND_MS;
/**
 * While the bug goes on, the newest kept event is at most two minutes old; an hour keeps at most
 * 60.
 */
const SLOW_PAUSE_MS = 2 * MINUTE_MS;

/**
 * Says which events of one issue are kept: the first 20, then one a second until an hour has 30,
 * then one every two minutes.
 */
export class Sampling {
  private keptInAll = 0;
  private lastAt = -Infinity;
  private hourStart = -Infinity;
  private keptThisHour = 0;

  /** @param now monotonic milliseconds, so that a clock set back does not stop the sampling */
  wants(now: number): boolean {
    if (this.keptInAll < FIRST_KEPT) return true;
    const isQuick = this.keptThisHour < QUICK_PER_HOUR || now - this.hourStart >= HOUR_MS;
    return now - this.lastAt >= (isQuick ? QUICK_PAUSE_MS : SLOW_PAUSE_MS);
  }

  /** Makes the next event wanted again. The hourly limit still applies. */
  restart(): void {
    this.keptInAll = Math.min(this.keptInAll, FIRST_KEPT - 1);
  }

  /** The event was kept. */
  kept(now: number): void {
    this.keptInAll += 1;
    this.lastAt = now;
    if (now - this.hourStart >= HOUR_MS) {
      this.hourStart = now;
      this.keptThisHour = 0;
    }
    this.keptThisHour += 1;
  }
}
