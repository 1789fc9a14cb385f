import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { tell } from '../errors/tell.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import { runInternally } from '../scope/internal-work.js';
import { EventStore, type PruneReport } from '../storage/event-store.js';
import { DeliveryWorker } from '../delivery/delivery-worker.js';
import { reasonOf } from '../errors/reason-of.js';
import { settledWithin } from '../time/deadline.js';
import { MINUTE_MS, SECOND_MS } from '../time/durations.js';

const FIRST_AFTER_MS = MINUTE_MS;
const EVERY_MS = 10 * MINUTE_MS;
/** There is more to do than one run should. */
const SOON_MS = 5 * SECOND_MS;

export interface LastPrune {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly ms: number;
  readonly events: number;
  readonly issues: number;
}

/** A run that is under way when the application closes may end in order. */
const LAST_WAIT_MS = 500;

/** Removes what has been kept long enough: a minute after the start, then every ten, in one process of all. */
@Injectable()
export class Housekeeping implements OnModuleInit, OnApplicationShutdown {
  /** The last run in this process that had something to look at. */
  last: LastPrune | undefined;
  lastError: string | undefined;

  private readonly owner = randomUUID();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<PruneReport | undefined> | undefined;
  private stopped = false;

  constructor(
    private readonly store: EventStore,
    private readonly worker: DeliveryWorker,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  onModuleInit(): void {
    // Instances that started together should not ask together.
    if (this.options.enabled) this.runAfter(FIRST_AFTER_MS * (1 + Math.random() / 2));
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    const running = this.running?.then(ignore, ignore);
    if (running) await settledWithin(LAST_WAIT_MS, running);
  }

  /** One run; `undefined` if another process is at it. Rejects if the store fails. */
  run(): Promise<PruneReport | undefined> {
    this.running ??= this.prune().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async prune(): Promise<PruneReport | undefined> {
    const startedAt = performance.now();
    const at = Date.now();
    const report = await runInternally(() => this.store.prune(this.options.retention, this.owner, at));
    this.lastError = undefined;
    if (report) {
      const { events, issues } = report;
      this.last = { at, ms: performance.now() - startedAt, events, issues };
    }
    return report;
  }

  private runAfter(ms: number): void {
    if (this.stopped) return;
    this.timer = runInternally(() =>
      setTimeout(() => {
        void this.inBackground();
      }, ms),
    );
    this.timer.unref();
  }

  private async inBackground(): Promise<void> {
    // While the store is away everybody knows: there is nothing to try, and nothing to add.
    const isDone = !this.worker.breaker.isFailing && (await this.tryToPrune());
    this.runAfter(isDone ? EVERY_MS : SOON_MS);
  }

  /** Returns whether there is nothing left to do for now. */
  private async tryToPrune(): Promise<boolean> {
    const before = this.lastError;
    try {
      const report = await this.run();
      if (before !== undefined) tell('log', 'Old events are removed again.');
      return report?.finished ?? true;
    } catch (error) {
      this.lastError = reasonOf(error);
      if (before === undefined)
        tell('warn', `Old events could not be removed; it is tried again. ${this.lastError}`);
      return true;
    }
  }
}

function ignore(): void {
  // Whether it succeeded is of no use to anybody any more.
}
