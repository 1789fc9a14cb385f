const FIRST_PAUSE_MS = 250;

/** Spaces the attempts on something that fails: pauses double up to a bound, with jitter so that instances do not retry in step. */
export class BackOff {
  private failures = 0;
  private openUntil = 0;

  constructor(private readonly longestPauseMs: number) {}

  /** Whether the last attempt failed. */
  get isFailing(): boolean {
    return this.failures > 0;
  }

  /** Milliseconds until the next attempt is due; 0 if it is due now. */
  get remainingMs(): number {
    return this.isFailing ? Math.max(0, this.openUntil - performance.now()) : 0;
  }

  /** Returns whether this failure opened the breaker. */
  failed(): boolean {
    const pause = Math.min(this.longestPauseMs, FIRST_PAUSE_MS * 2 ** Math.min(this.failures, 20));
    this.failures += 1;
    this.openUntil = performance.now() + pause * (0.5 + Math.random() / 2);
    return this.failures === 1;
  }

  /** Returns whether this success closed the breaker. */
  succeeded(): boolean {
    const wasOpen = this.isFailing;
    this.failures = 0;
    return wasOpen;
  }
}
