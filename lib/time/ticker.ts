import type { BackOff } from './back-off.js';
import { eventLoopTurn } from './pause.js';

export interface TickerOptions {
  /** Runs timers and rounds in a context of the caller's choice. Default: in the one that asked. */
  readonly within?: <T>(work: () => T) => T;
  /** No round that the timer begins comes earlier than this allows. */
  readonly backOff?: BackOff;
}

/**
 * Runs one kind of background work in rounds, never two at a time. Whoever wants a round asks for
 * it; of several who ask, the earliest wins. A round begins in a turn of its own, so that those who
 * ask in the same turn share one. The timer does not keep the process alive.
 */
export class Ticker<T = void> {
  private readonly within: <R>(work: () => R) => R;
  private readonly backOff: BackOff | undefined;
  private round: Promise<T> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private dueAt = Infinity;
  /** What was asked for during the round. */
  private nextMs = Infinity;
  private isStopped = false;

  /** @param work one round; whoever calls `run` hears of its failure, otherwise nobody does */
  constructor(
    private readonly work: () => Promise<T>,
    { within = (inner) => inner(), backOff }: TickerOptions = {},
  ) {
    this.within = within;
    this.backOff = backOff;
  }

  /** Whether a round is under way or about to begin. */
  get isRunning(): boolean {
    return this.round !== undefined;
  }

  /**
   * Asks for a round that begins in `ms` milliseconds at the latest. During a round the time counts
   * from its end.
   */
  wakeIn(ms: number): void {
    if (this.isStopped) return;
    if (this.round) {
      this.nextMs = Math.min(this.nextMs, ms);
      return;
    }
    const wait = Math.max(ms, this.backOff?.remainingMs ?? 0);
    const dueAt = performance.now() + wait;
    if (this.dueAt <= dueAt) return;
    clearTimeout(this.timer);
    this.dueAt = dueAt;
    this.timer = this.within(() => setTimeout(() => this.wake(), wait).unref());
  }

  /** Asks for a round at once; during a round, for another one after it. */
  wake(): void {
    if (this.isStopped) return;
    if (this.round) this.nextMs = -Infinity;
    else this.run().catch(ignore);
  }

  /** Begins a round, or joins the one under way. */
  run(): Promise<T> {
    clearTimeout(this.timer);
    this.dueAt = Infinity;
    this.round ??= this.within(() => this.begin()).finally(() => {
      this.round = undefined;
      const ms = this.nextMs;
      this.nextMs = Infinity;
      if (ms === -Infinity) this.wake();
      else if (ms < Infinity) this.wakeIn(ms);
    });
    return this.round;
  }

  /** Resolves when the round that is under way has ended, however it ends. */
  async idle(): Promise<void> {
    await this.round?.catch(ignore);
  }

  /** No round begins by itself from now on; `run` still does. The one under way goes on. */
  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
    this.dueAt = Infinity;
  }

  private async begin(): Promise<T> {
    await eventLoopTurn();
    // Whatever was asked for until now is done by this very round.
    this.nextMs = Infinity;
    return this.work();
  }
}

function ignore(): void {
  // Callers of `run` get the rejection themselves.
}
