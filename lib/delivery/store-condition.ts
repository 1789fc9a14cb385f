import { reasonOf } from '../errors/reason-of.js';
import { tell } from '../errors/tell.js';
import { BackOff } from '../time/back-off.js';
import { SECOND_MS } from '../time/durations.js';

/** A round that takes longer makes the store count as slow. */
const SLOW_MS = 10 * SECOND_MS;

/**
 * What delivery knows of the store. The log has one line when the store begins to fail or to be
 * slow, and one when it answers again.
 */
export class StoreCondition {
  readonly backOff: BackOff;
  /** The store takes its time, and still answers. */
  isSlow = false;
  /** The last failure, without payload. */
  lastError = '';

  constructor(retryMaxMs: number) {
    this.backOff = new BackOff(retryMaxMs);
  }

  /** Whether the last attempt to reach the store failed. */
  get isFailing(): boolean {
    return this.backOff.isFailing;
  }

  /** Runs one round of work on the store and notes how it went. Never rejects. */
  async observe(work: () => Promise<void>): Promise<void> {
    const startedAt = performance.now();
    const slow = setTimeout(() => this.becomeSlow(), SLOW_MS).unref();
    try {
      await work();
      this.succeeded(performance.now() - startedAt);
    } catch (error) {
      this.failed(error);
    } finally {
      clearTimeout(slow);
    }
  }

  private becomeSlow(): void {
    if (!this.isSlow && !this.isFailing) tell('warn', 'The event store is slow; events wait in memory.');
    this.isSlow = true;
  }

  private succeeded(ms: number): void {
    const isQuickAgain = this.isSlow && ms < SLOW_MS;
    if (isQuickAgain) this.isSlow = false;
    if (this.backOff.succeeded() || isQuickAgain) tell('log', 'The event store answers again.');
  }

  private failed(error: unknown): void {
    this.lastError = reasonOf(error);
    if (this.backOff.failed()) {
      tell('warn', `The event store fails; events wait in memory. ${this.lastError}`);
    }
  }
}
