import { Inject, Injectable } from '@nestjs/common';
import { Masker } from '../masking/masker.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import { runInternally } from '../scope/internal-work.js';
import { EventStore, type OutboxEntry, type OutboxResult } from '../storage/event-store.js';
import { AlertRules } from './alert-rules.js';
import { AlertSender } from './alert-sender.js';
import { ChannelHealth, type AlertHealth } from './channel-health.js';
import { settledWithin, withDeadline } from '../time/deadline.js';
import { eventLoopTurn } from '../time/pause.js';
import { failureReason } from './masked-reason.js';
import { NoTicketError } from '../ticketing/ticket-ref.js';

const POLL_MS = 30_000;
const FIRST_LOOK_MS = 2000;
const MAX_AT_ONCE = 3;
const STORE_TIMEOUT_MS = 15_000;
/** A claim outlives the longest delivery by this much, so that nobody else takes the entry meanwhile. */
const CLAIM_MARGIN_MS = 3 * STORE_TIMEOUT_MS;
/** Pauses before the second to fifth attempt; after that one the entry is given up. */
const RETRY_PAUSES_MS = [10_000, 60_000, 5 * 60_000, 30 * 60_000];
const SETTLE_PAUSES_MS = [200, 1000];

/**
 * Takes due alerts out of the outbox and delivers them, in the background of every process. The entry is claimed before
 * and settled after: an alert is made once, and delivered at least once.
 */
@Injectable()
export class AlertDispatcher {
  private readonly sender: AlertSender;
  private readonly channelHealth = new ChannelHealth();
  private readonly deliveries = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private round: Promise<void> | undefined;
  private roundWanted = false;
  private poll: NodeJS.Timeout | undefined;
  private alarm: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: EventStore,
    rules: AlertRules,
    private readonly masker: Masker,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    this.sender = new AlertSender(store, rules.channels, masker, options);
  }

  /** Looks regularly for retries that are due and for what other processes left behind. */
  start(): void {
    if (this.poll || this.stopping.signal.aborted) return;
    this.poll = runInternally(() => setInterval(() => this.wake(), POLL_MS).unref());
    // What an earlier process left behind waits until the store, opened in the background, is likely to be there.
    runInternally(() => this.wakeIn(FIRST_LOOK_MS));
  }

  /** Delivers what is due, soon. Returns at once; calls close to one another are one. */
  wake(): void {
    if (this.stopping.signal.aborted) return;
    this.roundWanted = true;
    this.round ??= runInternally(() => this.deliverDue()).finally(() => {
      this.round = undefined;
      if (this.roundWanted) this.wake();
    });
  }

  /** Delivers what is due. Gives up what is still under way shortly before the time, in milliseconds, is over. */
  async drain(timeoutMs: number): Promise<void> {
    this.wake();
    if (await this.idleWithin(timeoutMs * 0.8)) return;
    // Says goodbye to silent receivers in time to write down that they must be tried again.
    this.stop();
    await this.idleWithin(timeoutMs * 0.2);
  }

  /** Ends everything; what was not delivered is left to other processes and to the next start. */
  stop(): void {
    clearInterval(this.poll);
    clearTimeout(this.alarm);
    this.stopping.abort(new Error('The application is shutting down.'));
  }

  health(): AlertHealth {
    return this.channelHealth.snapshot();
  }

  private async deliverDue(): Promise<void> {
    await eventLoopTurn();
    while (this.roundWanted && !this.stopping.signal.aborted) {
      this.roundWanted = false;
      const free = MAX_AT_ONCE - this.deliveries.size;
      // With none free the next delivery to end calls again.
      if (free > 0) for (const entry of await this.claim(free)) this.begin(entry);
    }
  }

  private async claim(limit: number): Promise<readonly OutboxEntry[]> {
    const now = Date.now();
    const until = now + this.options.delivery.notifyTimeoutMs + CLAIM_MARGIN_MS;
    try {
      return await this.ask(() => this.store.claimOutbox(limit, now, until));
    } catch {
      // Without a line in the log: whoever saves events to the same database tells that it is away.
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
    for (const pause of [...SETTLE_PAUSES_MS, undefined]) {
      try {
        return await this.ask(
          () => this.store.settleOutbox(entry, result, Date.now()),
          new AbortController().signal,
        );
      } catch {
        // Worth more than one try: an alert that was sent but not settled is sent again.
        if (pause === undefined) return this.channelHealth.count('outbox');
        await new Promise((resolve) => setTimeout(resolve, pause).unref());
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
    // Not the channel's fault, so whoever comes next may try at once.
    if (this.stopping.signal.aborted) {
      return { sent: false, error: 'Interrupted by a shutdown.', retryAt: Date.now() };
    }
    const reason = failureReason(error, this.masker);
    const pause = error instanceof NoTicketError ? undefined : RETRY_PAUSES_MS[entry.attempts - 1];
    this.channelHealth.failed(entry.channel, reason, pause === undefined);
    if (pause === undefined) return { sent: false, error: reason };
    if (pause < POLL_MS) this.wakeIn(pause + 50);
    return { sent: false, error: reason, retryAt: Date.now() + pause };
  }

  /** The regular look is too slow for the first retry. */
  private wakeIn(ms: number): void {
    if (this.stopping.signal.aborted) return;
    this.alarm ??= setTimeout(() => {
      this.alarm = undefined;
      this.wake();
    }, ms).unref();
  }

  private ask<T>(question: () => Promise<T>, stop = this.stopping.signal): Promise<T> {
    return withDeadline(STORE_TIMEOUT_MS, question, { stop });
  }

  private async idleWithin(ms: number): Promise<boolean> {
    return settledWithin(ms, this.idle());
  }

  private async idle(): Promise<void> {
    while (this.round || this.deliveries.size > 0) await Promise.all([this.round, ...this.deliveries]);
  }
}
