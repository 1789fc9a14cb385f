import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { DeliveryWorker } from '../delivery/delivery-worker.js';
import { reasonOf } from '../errors/reason-of.js';
import { tell } from '../errors/tell.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import { runInternally } from '../scope/internal-work.js';
import { EventStore, type PruneReport } from '../storage/event-store.js';
import { settledWithin } from '../time/deadline.js';
import { MINUTE_MS, SECOND_MS } from '../time/durations.js';
import { Ticker } from '../time/ticker.js';

const FIRST_AFTER_MS = MINUTE_MS;
const EVERY_MS = 10 * MINUTE_MS;
/** One run removes only so much: this is the pause before the next one, if something is left. */
const SOON_MS = 5 * SECOND_MS;
/** How long a shutdown waits for a running prune. */
const LAST_RUN_LIMIT_MS = 500;

export interface LastPrune {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly ms: number;
  readonly events: number;
  readonly issues: number;
}

/**
 * Removes what has been kept long enough: a minute after the start, then every ten. Of all
 * processes on one store only one does it at a time.
 */
@Injectable()
export class Housekeeping implements OnModuleInit, OnApplicationShutdown {
  /** The last run in this process that had something to look at. */
  last: LastPrune | undefined;
  /** Why the last run failed, without payload. */
  lastError: string | undefined;

  private readonly owner = randomUUID();
  private readonly ticker = new Ticker(() => this.round(), { within: runInternally });

  constructor(
    private readonly store: EventStore,
    private readonly worker: DeliveryWorker,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  onModuleInit(): void {
    // Instances that started together should not ask together.
    if (this.options.enabled) this.ticker.wakeIn(FIRST_AFTER_MS * (1 + Math.random() / 2));
  }

  async onApplicationShutdown(): Promise<void> {
    this.ticker.stop();
    await settledWithin(LAST_RUN_LIMIT_MS, this.ticker.idle());
  }

  /**
   * One run. Returns `undefined` if nothing was pruned: another process is pruning, the store is
   * away, or the run failed (see `lastError`). Never rejects.
   */
  run(): Promise<PruneReport | undefined> {
    return this.ticker.run();
  }

  private async round(): Promise<PruneReport | undefined> {
    // Delivery has already told that the store is away.
    if (this.worker.condition.isFailing) {
      this.ticker.wakeIn(SOON_MS);
      return undefined;
    }
    const report = await this.prune();
    this.ticker.wakeIn((report?.finished ?? true) ? EVERY_MS : SOON_MS);
    return report;
  }

  private async prune(): Promise<PruneReport | undefined> {
    const startedAt = performance.now();
    const at = Date.now();
    try {
      const report = await this.store.prune(this.options.retention, this.owner, at);
      if (report) {
        const { events, issues } = report;
        this.last = { at, ms: performance.now() - startedAt, events, issues };
      }
      if (this.lastError !== undefined) tell('log', 'Old events are removed again.');
      this.lastError = undefined;
      return report;
    } catch (error) {
      const isNew = this.lastError === undefined;
      this.lastError = reasonOf(error);
      if (isNew) tell('warn', `Old events could not be removed; it is tried again. ${this.lastError}`);
      return undefined;
    }
  }
}
