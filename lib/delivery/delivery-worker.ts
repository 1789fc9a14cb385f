import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { RecordRefusedError } from '../errors/record-refused.error.js';
import { reasonOf } from '../errors/reason-of.js';
import { tell } from '../errors/tell.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import { runInternally } from '../scope/internal-work.js';
import { EventStore } from '../storage/event-store.js';
import { settledWithin } from '../time/deadline.js';
import { eventLoopTurn, pause } from '../time/pause.js';
import { Ticker } from '../time/ticker.js';
import { Accumulator } from './accumulator.js';
import { BatchQueue, type GivenUp } from './batch-queue.js';
import { BatchSaver } from './batch-saver.js';
import { EventCounters } from './event-counters.js';
import { LastWords } from './last-words.js';
import { StoreCondition } from './store-condition.js';

/** A store of the application's own may take its time to close. */
const CLOSE_LIMIT_MS = 750;

/**
 * Moves what the accumulator holds into the store, one batch at a time: at once when a bug is new,
 * otherwise once in each flush interval.
 */
@Injectable()
export class DeliveryWorker implements OnModuleInit {
  readonly condition: StoreCondition;
  /** When the last batch was stored (epoch milliseconds), and how long that took. */
  lastFlush: { readonly at: number; readonly ms: number } | undefined;

  private readonly queue = new BatchQueue();
  private readonly lastWords: LastWords;
  private readonly ticker: Ticker;
  private isOpen = false;
  private isStopped = false;
  /** A bug that this process had not seen before waits to be stored. */
  private isUrgent = false;
  private rounds = 0;
  /** Number of the last round that stored everything pending at its start. */
  private lastFullRound = 0;

  constructor(
    private readonly store: EventStore,
    private readonly accumulator: Accumulator,
    private readonly saver: BatchSaver,
    private readonly counters: EventCounters,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    this.condition = new StoreCondition(options.delivery.retryMaxMs);
    this.lastWords = new LastWords(accumulator, this.queue, counters, options);
    this.ticker = new Ticker(() => this.round(), {
      within: runInternally,
      backOff: this.condition.backOff,
    });
  }

  /** Opens the store in the background. */
  onModuleInit(): void {
    if (this.options.enabled) this.ticker.wakeIn(0);
  }

  get queuedEvents(): number {
    return this.accumulator.pendingEvents + this.queue.events;
  }

  get queuedBytes(): number {
    return this.accumulator.bytes;
  }

  /**
   * Something was added to the accumulator.
   *
   * @param urgent it is to be stored at once, and not when the flush interval is over
   */
  wake(urgent: boolean): void {
    this.isUrgent ||= urgent;
    this.ticker.wakeIn(urgent ? 0 : this.options.delivery.flushIntervalMs);
  }

  /**
   * Stores everything captured so far. Returns whether that succeeded within `timeoutMs`.
   *
   * @param arriving events that are still on their way to the accumulator
   */
  async flush(timeoutMs: number, arriving: Promise<void>): Promise<boolean> {
    const deadline = performance.now() + timeoutMs;
    await settledWithin(timeoutMs, arriving);
    // What is captured from now on is not waited for: an application under load would never be
    // done.
    const next = this.rounds + 1;
    while (!this.isIdle && this.lastFullRound < next) {
      const left = deadline - performance.now();
      if (left <= 0) return false;
      await settledWithin(left, this.ticker.run());
      if (this.condition.isFailing) await pause(Math.min(100, left));
    }
    return true;
  }

  /**
   * Writes what is still in memory to the journal; the next start stores it. Synchronous, never
   * throws.
   */
  salvage(): void {
    if (this.isStopped) return;
    this.isStopped = true;
    this.ticker.stop();
    this.lastWords.leave('The process ended before they could be stored.');
  }

  /** Ends the work; what still waits is left to the next start. */
  async stop(): Promise<void> {
    if (this.isStopped) return;
    this.isStopped = true;
    this.ticker.stop();
    const count = String(this.queuedEvents);
    if (this.queuedEvents > 0 && this.lastWords.leave(`${count} could not be stored before the shutdown.`)) {
      tell('warn', `${count} events could not be stored before the shutdown; the next start does it.`);
    }
    const closed = Promise.resolve(runInternally(() => this.store.close()));
    await settledWithin(CLOSE_LIMIT_MS, closed).catch(() => undefined);
  }

  private get isIdle(): boolean {
    return !this.ticker.isRunning && this.queue.isEmpty && this.accumulator.pendingIssues === 0;
  }

  /** Never rejects. */
  private async round(): Promise<void> {
    this.rounds += 1;
    await this.condition.observe(() => this.storeAll(this.rounds));
    // The back-off says when the next attempt is due.
    if (this.condition.isFailing) this.ticker.wakeIn(0);
    else if (this.accumulator.pendingIssues > 0) this.wake(this.isUrgent);
  }

  private async storeAll(number: number): Promise<void> {
    if (!this.isOpen) await this.open();
    const isFull = this.queue.hasRoom;
    if (isFull) {
      this.isUrgent = false;
      this.queue.add(this.accumulator.takePending());
    }
    let storeWorks = false;
    while (!this.queue.isEmpty) {
      storeWorks = (await this.saveHead(storeWorks)) || storeWorks;
      await eventLoopTurn();
    }
    this.accumulator.forgetTaken();
    if (isFull) this.lastFullRound = number;
  }

  private async open(): Promise<void> {
    await this.store.open();
    this.isOpen = true;
    this.lastWords.restore();
  }

  /**
   * Returns `true` if the first batch was stored, `false` if the store refused it. Rejects if the
   * store fails.
   *
   * @param storeWorks another batch has just been stored
   */
  private async saveHead(storeWorks: boolean): Promise<boolean> {
    const { head } = this.queue;
    if (!head) return false;
    const batch = this.saver.withSourceLines(head);
    this.queue.replaceHead(batch);
    const startedAt = performance.now();
    try {
      await this.saver.save(batch);
    } catch (error) {
      const givenUp =
        error instanceof RecordRefusedError ? this.queue.refused() : this.queue.failed(storeWorks);
      if (!givenUp) throw error;
      this.countRefused(givenUp, reasonOf(error));
      return false;
    }
    this.counters.stored += this.queue.stored();
    this.lastFlush = { at: Date.now(), ms: performance.now() - startedAt };
    return true;
  }

  private countRefused({ samples, events }: GivenUp, why: string): void {
    const { dropped, droppedDetails } = this.counters;
    if (samples > 0) droppedDetails.add('refused', samples, why);
    if (events > 0) dropped.add('refused', events, why);
  }
}
