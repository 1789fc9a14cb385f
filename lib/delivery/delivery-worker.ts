import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { AlertDispatcher } from '../alerting/alert-dispatcher.js';
import { AlertRules } from '../alerting/alert-rules.js';
import { RecordRefusedError } from '../errors/record-refused.error.js';
import { tell } from '../errors/tell.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import { runInternally } from '../scope/internal-work.js';
import { EventStore, type Batch, type NewOutboxEntry, type SaveOutcome } from '../storage/event-store.js';
import { Accumulator } from './accumulator.js';
import { BatchQueue, type GivenUp } from './batch-queue.js';
import { countEvents } from './batches.js';
import { BackOff } from '../time/back-off.js';
import { CrashJournal } from './journal.js';
import { reasonOf } from '../errors/reason-of.js';
import { SourceLines } from './source-lines.js';
import { settledWithin } from '../time/deadline.js';
import { eventLoopTurn, pause } from '../time/pause.js';

/** The store of the application's own may take its time. */
const CLOSE_LIMIT_MS = 750;
/** A run that takes longer is worth a word. */
const SLOW_MS = 10_000;

/**
 * Moves what the accumulator holds into the store: at once when a new bug appears, else once per interval; one batch at
 * a time.
 */
@Injectable()
export class DeliveryWorker implements OnModuleInit {
  readonly stats = { storedEvents: 0, flushes: 0, lastFlushAt: 0, lastFlushMs: 0, lastError: '' };
  readonly breaker: BackOff;
  /** The store takes its time, and still answers. */
  isSlow = false;

  private readonly queue = new BatchQueue();
  private readonly journal: CrashJournal;
  private opened = false;
  private urgent = false;
  private stopped = false;
  private running: Promise<void> | undefined;
  private runs = 0;
  /** The last one that stored everything there was when it began. */
  private lastFullRun = 0;
  private timer: NodeJS.Timeout | undefined;
  private timerDueAt = Infinity;

  constructor(
    private readonly store: EventStore,
    private readonly accumulator: Accumulator,
    private readonly rules: AlertRules,
    private readonly dispatcher: AlertDispatcher,
    private readonly sources: SourceLines,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    this.breaker = new BackOff(options.delivery.retryMaxMs);
    this.journal = new CrashJournal(options.delivery.journalFolder, options);
    accumulator.onPending = (urgent) => {
      this.urgent ||= urgent;
      this.runAfter(urgent ? 0 : this.options.delivery.flushIntervalMs);
    };
  }

  /** Opens the store in the background. */
  onModuleInit(): void {
    if (!this.options.enabled) return;
    this.runAfter(0);
    this.dispatcher.start();
    runInternally(() => this.accumulator.lag.start());
  }

  get queuedEvents(): number {
    return this.accumulator.pendingEvents + this.queue.events;
  }

  /**
   * Stores everything captured so far. Returns whether that succeeded within `timeoutMs`.
   *
   * @param arriving events that are still on their way to the accumulator
   */
  async flush(timeoutMs: number, arriving: Promise<void>): Promise<boolean> {
    const deadline = performance.now() + timeoutMs;
    await settledWithin(timeoutMs, arriving);
    // Whatever is captured from now on is not meant: an application under load would never be done.
    const next = this.runs + 1;
    while (!this.isIdle && this.lastFullRun < next) {
      const left = deadline - performance.now();
      if (left <= 0) return false;
      await settledWithin(left, this.run());
      if (this.breaker.isFailing) await pause(Math.min(100, left));
    }
    return true;
  }

  /** Delivers the alerts that are due, within the time. */
  async drainAlerts(timeoutMs: number): Promise<void> {
    if (timeoutMs > 0) await this.dispatcher.drain(timeoutMs);
  }

  /** Writes down what the process would take with it; stored at the next start. Synchronous, never throws. */
  salvage(): void {
    if (this.stopped) return;
    this.stopped = true;
    this.leave('The process ended before they could be stored.');
  }

  /** Ends the work; what is still waiting is left to the next start. */
  async stop(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    clearTimeout(this.timer);
    this.dispatcher.stop();
    this.accumulator.lag.stop();
    if (this.queuedEvents > 0) {
      const count = String(this.queuedEvents);
      if (this.leave(`${count} could not be stored before the shutdown.`)) {
        tell('warn', `${count} events could not be stored before the shutdown; the next start does it.`);
      }
    }
    const closed = Promise.resolve(runInternally(() => this.store.close()));
    await settledWithin(CLOSE_LIMIT_MS, closed).catch(() => undefined);
  }

  /** Returns whether what is waiting is written down; if not, it is lost. */
  private leave(whyLost: string): boolean {
    const events = this.queuedEvents;
    if (events === 0) return true;
    this.queue.add(this.accumulator.take());
    const batches = this.queue.handOver();
    this.queue.clear();
    let reason = whyLost;
    if (this.journal.folder !== undefined) {
      try {
        this.journal.write(batches);
        return true;
      } catch (error) {
        reason = `${whyLost} ${reasonOf(error)}`;
      }
    }
    this.accumulator.dropped.add('closed', events, reason);
    return false;
  }

  private get isIdle(): boolean {
    return this.running === undefined && this.queue.isEmpty && this.accumulator.pendingIssues === 0;
  }

  private runAfter(delayMs: number): void {
    if (this.stopped) return;
    const wait = Math.max(delayMs, this.breaker.remainingMs);
    const dueAt = performance.now() + wait;
    if (this.timerDueAt <= dueAt) return;
    clearTimeout(this.timer);
    this.timerDueAt = dueAt;
    this.timer = runInternally(() => setTimeout(() => void this.run(), wait));
    this.timer.unref();
  }

  private run(): Promise<void> {
    clearTimeout(this.timer);
    this.timerDueAt = Infinity;
    this.running ??= runInternally(() => this.work()).finally(() => {
      this.running = undefined;
      if (this.breaker.isFailing) this.runAfter(this.breaker.remainingMs);
      else if (this.accumulator.pendingIssues > 0)
        this.runAfter(this.urgent ? 0 : this.options.delivery.flushIntervalMs);
    });
    return this.running;
  }

  /** Never rejects. */
  private async work(): Promise<void> {
    const run = ++this.runs;
    const startedAt = performance.now();
    const slow = setTimeout(() => {
      if (!this.isSlow && !this.breaker.isFailing)
        tell('warn', 'The event store is slow; events wait in memory.');
      this.isSlow = true;
    }, SLOW_MS).unref();
    try {
      if (!this.opened) await this.open();
      const isFull = this.queue.hasRoom;
      if (isFull) {
        this.urgent = false;
        this.queue.add(this.accumulator.take());
      }
      let storeWorks = false;
      while (!this.queue.isEmpty) {
        storeWorks = (await this.saveHead(storeWorks)) || storeWorks;
        await eventLoopTurn();
      }
      this.accumulator.settled();
      if (isFull) this.lastFullRun = run;
      const wasSlow = this.isSlow;
      this.isSlow &&= performance.now() - startedAt >= SLOW_MS;
      if (this.breaker.succeeded() || (wasSlow && !this.isSlow))
        tell('log', 'The event store answers again.');
    } catch (error) {
      this.stats.lastError = reasonOf(error);
      if (this.breaker.failed()) {
        tell('warn', `The event store fails; events wait in memory. ${this.stats.lastError}`);
      }
    } finally {
      clearTimeout(slow);
    }
  }

  private async open(): Promise<void> {
    await this.store.open();
    this.opened = true;
    const left = this.journal.read();
    for (const { batch, forget } of left) this.queue.addRestored(batch, forget);
    const events = countEvents(left.map(({ batch }) => batch));
    if (events > 0) tell('log', `${String(events)} events that an earlier process left are stored now.`);
  }

  /**
   * Returns whether the first batch was stored, or `false` if the store does not take it. Rejects if the store fails.
   *
   * @param storeWorks another batch has just been stored
   */
  private async saveHead(storeWorks: boolean): Promise<boolean> {
    const { head } = this.queue;
    if (!head) return false;
    const batch = this.sources.addTo(head);
    this.queue.replaceHead(batch);
    const startedAt = performance.now();
    let alerts = 0;
    try {
      await this.store.save(batch, (outcome) => {
        const entries = this.alertsFor(batch, outcome);
        alerts += entries.length;
        return entries;
      });
    } catch (error) {
      const givenUp =
        error instanceof RecordRefusedError ? this.queue.refused() : this.queue.failed(storeWorks);
      if (!givenUp) throw error;
      this.countRefused(givenUp, reasonOf(error));
      return false;
    }
    this.stats.flushes += 1;
    this.stats.storedEvents += this.queue.stored();
    this.stats.lastFlushAt = Date.now();
    this.stats.lastFlushMs = performance.now() - startedAt;
    if (alerts > 0) this.dispatcher.wake();
    return true;
  }

  private alertsFor(batch: Batch, outcome: SaveOutcome): readonly NewOutboxEntry[] {
    this.accumulator.learn(outcome);
    const isQuiet = batch.deltas.some(
      (delta) => delta.quiet && delta.fingerprint.hash === outcome.fingerprint,
    );
    return isQuiet ? [] : this.rules.alertsFor(outcome);
  }

  private countRefused({ samples, events }: GivenUp, why: string): void {
    const { dropped, droppedDetails } = this.accumulator;
    if (samples > 0) droppedDetails.add('refused', samples, why);
    if (events > 0) dropped.add('refused', events, why);
  }
}
