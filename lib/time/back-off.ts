const FIRST_PAUSE_MS = 250;

/**
 * Spaces the attempts on something that fails. Pauses double up to a bound, with jitter so that
 * instances do not retry in step.
 */
export class BackOff {
  private failures = 0;
  private dueAt = 0;

  constructor(private readonly maxPauseMs: number) {}

  /** Whether the last attempt failed. */
  get isFailing(): boolean {
    return this.failures > 0;
  }

  /** Milliseconds until the next attempt is due; 0 if it is due now. */
  get remainingMs(): number {
    return this.isFailing ? Math.max(0, this.dueAt - performance.now()) : 0;
  }

  /** An attempt failed. Returns whether this is the first failure in a row. */
  failed(): boolean {
    const pause = Math.min(this.maxPauseMs, FIRST_PAUSE_MS * 2 ** Math.min(this.failures, 20));
    this.failures += 1;
    this.dueAt = performance.now() + pause * (0.5 + Math.random() / 2);
    return this.failures === 1;
  }

  /** An attempt succeeded. Returns whether this is the first success after failures. */
  succeeded(): boolean {
    const wasFailing = this.isFailing;
    this.failures = 0;
    return wasFailing;
  }
}
