import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Masker } from '../masking/masker.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import { runInternally } from '../scope/internal-work.js';
import { EventStore, type OutboxEntry, type OutboxResult } from '../storage/event-store.js';
import { NoTicketError } from '../ticketing/ticket-ref.js';
import { settledWithin, withDeadline } from '../time/deadline.js';
import { MINUTE_MS, SECOND_MS } from '../time/durations.js';
import { pause } from '../time/pause.js';
import { Ticker } from '../time/ticker.js';
import { AlertRules } from './alert-rules.js';
import { AlertSender } from './alert-sender.js';
import { ChannelHealth, type AlertHealth } from './channel-health.js';
import { failureReason } from './masked-reason.js';

const LOOK_EVERY_MS = 30 * SECOND_MS;
/** The store is opened in the background: by then it is likely to be there. */
const FIRST_LOOK_MS = 2 * SECOND_MS;
const MAX_AT_ONCE = 3;
const STORE_LIMIT_MS = 15 * SECOND_MS;
/**
 * A claim outlives the longest delivery by this much, so that nobody else claims the entry
 * meanwhile.
 */
const CLAIM_MARGIN_MS = 3 * STORE_LIMIT_MS;
/** Pauses before the second to fifth attempt; after that one the entry is given up. */
const RETRY_PAUSES_MS = [10 * SECOND_MS, MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS];
/** Pauses between the attempts to write down how a delivery went. */
const RESULT_PAUSES_MS = [200, SECOND_MS];

/**
 * Claims due alerts in the outbox and delivers them, in the background of every process. An entry
 * is claimed before its delivery, and its result is written down after it. So an alert is made
 * once, and delivered at least once.
 */
@Injectable()
export class AlertDispatcher implements OnModuleInit {
  private readonly sender: AlertSender;
  private readonly channelHealth = new ChannelHealth();
  private readonly deliveries = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private readonly ticker = new Ticker(() => this.beginDue(), { within: runInternally });
  /** Time of the next look that nothing else triggers: for a retry, or the regular one. */
  private lookAt = 0;

  constructor(
    private readonly store: EventStore,
    rules: AlertRules,
    private readonly masker: Masker,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    this.sender = new AlertSender(store, rules.channels, masker, options);
  }

  onModuleInit(): void {
    if (this.options.enabled) this.start();
  }

  /** Looks regularly for retries that are due, and for what other processes left behind. */
  start(): void {
    this.lookAt = performance.now() + LOOK_EVERY_MS;
    this.ticker.wakeIn(FIRST_LOOK_MS);
  }

  /** Delivers what is due, soon. Returns at once; calls close to one another are one. */
  wake(): void {
    this.ticker.wake();
  }

  /**
   * Delivers what is due. Gives up what is still under way shortly before the time, in
   * milliseconds, is over.
   */
  async deliverDue(timeoutMs: number): Promise<void> {
    this.wake();
    if (await settledWithin(timeoutMs * 0.8, this.idle())) return;
    // Silent receivers are left early enough to write down that they must be tried again.
    this.stop();
    await settledWithin(timeoutMs * 0.2, this.idle());
  }

  /** Ends everything; what was not delivered is left to other processes and to the next start. */
  stop(): void {
    this.ticker.stop();
    this.stopping.abort(new Error('The application is shutting down.'));
  }

  health(): AlertHealth {
    return this.channelHealth.snapshot();
  }

  /** Begins as many deliveries as may be under way. The end of each one asks for the next. */
  private async beginDue(): Promise<void> {
    if (this.stopping.signal.aborted) return;
    const now = performance.now();
    if (now >= this.lookAt) this.lookAt = now + LOOK_EVERY_MS;
    const free = MAX_AT_ONCE - this.deliveries.size;
    if (free > 0) for (const entry of await this.claim(free)) this.begin(entry);
    this.ticker.wakeIn(this.lookAt - performance.now());
  }

  private async claim(limit: number): Promise<readonly OutboxEntry[]> {
    const now = Date.now();
    const until = now + this.options.delivery.notifyTimeoutMs + CLAIM_MARGIN_MS;
    try {
      return await this.ask(() => this.store.claimOutbox(limit, now, until));
    } catch {
      // Not logged: event delivery already logs that this database is away.
      this.channelHealth.count('outbox');
      return [];
    }
  }

  private begin(entry: OutboxEntry): void {
    const delivery = this.deliver(entry).finally(() => {
      this.deliveries.delete(delivery);
      this.wake();
    });
    this.deliveries.add(delivery);
  }

  private async deliver(entry: OutboxEntry): Promise<void> {
    const result = await this.attempt(entry);
    for (const pauseMs of [...RESULT_PAUSES_MS, undefined]) {
      try {
        return await this.ask(
          () => this.store.settleOutbox(entry, result, Date.now()),
          new AbortController().signal,
        );
      } catch {
        // This is worth several attempts: an alert whose result is not written down is sent again.
        if (pauseMs === undefined) return this.channelHealth.count('outbox');
        await pause(pauseMs, { holdsProcess: false });
      }
    }
  }

  private async attempt(entry: OutboxEntry): Promise<OutboxResult> {
    try {
      const alert = await this.ask(() => this.sender.prepare(entry));
      if (!alert) return { sent: false, error: 'The issue was deleted.' };
      const ticket = await withDeadline(
        this.options.delivery.notifyTimeoutMs,
        (signal) => this.sender.send(entry, alert, signal),
        { stop: this.stopping.signal },
      );
      this.channelHealth.succeeded(entry.channel);
      return ticket ? { sent: true, ticket } : { sent: true };
    } catch (error) {
      return this.failure(entry, error);
    }
  }

  private failure(entry: OutboxEntry, error: unknown): OutboxResult {
    // The channel is not at fault, so the next process may retry at once.
    if (this.stopping.signal.aborted) {
      return { sent: false, error: 'Interrupted by a shutdown.', retryAt: Date.now() };
    }
    const reason = failureReason(error, this.masker);
    const pauseMs = error instanceof NoTicketError ? undefined : RETRY_PAUSES_MS[entry.attempts - 1];
    this.channelHealth.failed(entry.channel, reason, pauseMs === undefined);
    if (pauseMs === undefined) return { sent: false, error: reason };
    this.lookAt = Math.min(this.lookAt, performance.now() + pauseMs + 50);
    return { sent: false, error: reason, retryAt: Date.now() + pauseMs };
  }

  private ask<T>(question: () => Promise<T>, stop = this.stopping.signal): Promise<T> {
    return withDeadline(STORE_LIMIT_MS, question, { stop });
  }

  private async idle(): Promise<void> {
    while (this.ticker.isRunning || this.deliveries.size > 0) {
      await Promise.all([this.ticker.idle(), ...this.deliveries]);
    }
  }
}
