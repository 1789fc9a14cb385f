const ALWAYS = 20;
const PAUSE_MS = 1_000;
const HOUR_MS = 3_600_000;
const PER_HOUR = 60;

/** Which events of one issue are kept: the first 20, then at most one a second and 60 an hour. */
export class Sampling {
  private taken = 0;
  private lastAt = -Infinity;
  private hourStart = -Infinity;
  private takenThisHour = 0;

  /** @param now monotonic milliseconds, so that a clock set back does not stop the sampling */
  wants(now: number): boolean {
    if (this.taken < ALWAYS) return true;
    if (now - this.lastAt < PAUSE_MS) return false;
    return now - this.hourStart >= HOUR_MS || this.takenThisHour < PER_HOUR;
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
