import { setImmediate as nextTurn } from 'node:timers/promises';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { timeOrderedId } from '../event/time-ordered-id.js';
import { AlertDispatcher } from '../alerting/alert.dispatcher.js';
import { AlertRules } from '../alerting/alert-rules.js';
import { RecordRefusedError } from '../errors/record-refused.error.js';
import { tell } from '../errors/tell.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import { runInternally } from '../scope/internal-work.js';
import { EventStore, type Batch } from '../storage/event-store.js';
import { Accumulator } from './accumulator.js';
import { batchesOf, countEvents, withoutRefused } from './batches.js';
import { Breaker } from './breaker.js';
import { CrashJournal } from './crash-journal.js';
import { reasonOf } from './failure-line.js';
import { SourceLines } from './source-lines.js';
import { pause, waitFor } from './time-limit.js';

/**
 * Moves what the accumulator holds into the store: at once when a new bug appears, else once per interval; one batch at
 * a time. A batch that fails is kept as it is and tried again, so that the store recognises it if it was saved after all.
 */
@Injectable()
export class DeliveryWorker implements OnModuleInit {
  readonly stats = { storedEvents: 0, flushes: 0, lastFlushAt: 0, lastFlushMs: 0, lastError: '' };
  readonly breaker: Breaker;

  private readonly instance = timeOrderedId();
  private batches: Batch[] = [];
  private readonly journal: CrashJournal;
  private opened = false;
  private urgent = false;
  private stopped = false;
  private running: Promise<void> | undefined;
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
    this.breaker = new Breaker(options.delivery.retryMaxMs);
    this.journal = new CrashJournal(options.delivery.journalFolder, options.projectRoot);
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

  get queuedBatches(): number {
    return this.batches.length;
  }

  get queuedEvents(): number {
    return this.accumulator.pendingEvents + countEvents(this.batches);
  }

  /**
   * Stores everything captured so far. Returns whether that succeeded within `timeoutMs`.
   *
   * @param arriving events that are still on their way to the accumulator
   */
  async flush(timeoutMs: number, arriving: Promise<void>): Promise<boolean> {
    const deadline = performance.now() + timeoutMs;
    await waitFor(arriving, timeoutMs);
    while (!this.isIdle) {
      const left = deadline - performance.now();
      if (left <= 0) return false;
      await waitFor(this.run(), left);
      if (this.breaker.isOpen) await pause(Math.min(100, left));
    }
    return true;
  }

  /** Delivers the alerts that are due, within the time. */
  async drainAlerts(timeoutMs: number): Promise<void> {
    if (timeoutMs > 0) await this.dispatcher.drain(timeoutMs);
  }

  /** Writes down what the process would take with it; stored at the next start. Synchronous, never throws. */
  salvage(): void {
    if (this.stopped || this.queuedEvents === 0) return;
    this.stopped = true;
    const batches = [...this.batches, ...batchesOf(this.instance, this.accumulator.take())];
    try {
      this.journal.write(batches);
    } catch (error) {
      tell('warn', `${String(countEvents(batches))} events are lost with the process. ${reasonOf(error)}`);
    }
  }

  /** Ends the work; what is still waiting is counted as dropped. */
  async stop(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    clearTimeout(this.timer);
    this.dispatcher.stop();
    this.accumulator.lag.stop();
    const lost = this.queuedEvents;
    if (lost > 0) {
      this.accumulator.dropped.add(
        'closed',
        lost,
        `${String(lost)} could not be stored before the shutdown.`,
      );
    }
    await runInternally(() => this.store.close()).catch(() => undefined);
  }

  private get isIdle(): boolean {
    return this.running === undefined && this.batches.length === 0 && this.accumulator.pendingIssues === 0;
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
      if (this.breaker.isOpen) this.runAfter(this.breaker.remainingMs);
      else if (this.accumulator.pendingIssues > 0)
        this.runAfter(this.urgent ? 0 : this.options.delivery.flushIntervalMs);
    });
    return this.running;
  }

  /** Never rejects. */
  private async work(): Promise<void> {
    try {
      if (!this.opened) {
        await this.store.open();
        await this.restore();
        this.opened = true;
      }
      if (this.batches.length === 0) {
        this.urgent = false;
        this.batches = batchesOf(this.instance, this.accumulator.take());
      }
      for (let batch = this.batches[0]; batch; batch = this.batches[0]) {
        this.batches[0] = this.sources.addTo(batch);
        await this.save(this.batches[0]);
        await nextTurn();
      }
      this.accumulator.settled();
      if (this.breaker.succeeded()) tell('log', 'The event store answers again.');
    } catch (error) {
      this.stats.lastError = reasonOf(error);
      if (this.breaker.failed()) {
        tell('warn', `The event store fails; events wait in memory. ${this.stats.lastError}`);
      }
    }
  }

  /** Stores what an earlier process left behind. */
  private async restore(): Promise<void> {
    for (const { batches, remove } of this.journal.read()) {
      this.batches = [...batches];
      while (this.batches[0]) await this.save(this.batches[0]);
      remove();
      tell('log', `${String(countEvents(batches))} events of a process that ended early are stored.`);
    }
  }

  private async save(batch: Batch): Promise<void> {
    const startedAt = performance.now();
    let alerts = 0;
    try {
      await this.store.save(batch, (outcome) => {
        const quiet = batch.deltas.some(
          (delta) => delta.quiet && delta.fingerprint.hash === outcome.fingerprint,
        );
        const entries = quiet ? [] : this.rules.alertsFor(outcome);
        alerts += entries.length;
        if (outcome.regressed && outcome.eventId === undefined)
          this.accumulator.expectSample(outcome.fingerprint);
        return entries;
      });
    } catch (error) {
      if (!(error instanceof RecordRefusedError)) throw error;
      this.giveUpRefused(batch, error);
      return;
    }
    this.batches.shift();
    this.stats.flushes += 1;
    // Of those that an earlier process left behind, this one has captured none.
    if (batch.instance === this.instance) this.stats.storedEvents += countEvents([batch]);
    this.stats.lastFlushAt = Date.now();
    this.stats.lastFlushMs = performance.now() - startedAt;
    if (alerts > 0) this.dispatcher.wake();
  }

  private giveUpRefused(batch: Batch, error: RecordRefusedError): void {
    const { batches, droppedSamples, droppedEvents } = withoutRefused(batch);
    this.batches.splice(0, 1, ...batches);
    const { dropped, droppedDetails } = this.accumulator;
    if (droppedSamples > 0) droppedDetails.add('refused', droppedSamples, reasonOf(error));
    if (droppedEvents > 0) dropped.add('refused', droppedEvents, reasonOf(error));
  }
}
