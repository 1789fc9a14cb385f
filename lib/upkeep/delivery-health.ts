import { Injectable } from '@nestjs/common';
import { AlertDispatcher } from '../alerting/alert-dispatcher.js';
import { Accumulator } from '../delivery/accumulator.js';
import { DeliveryWorker } from '../delivery/delivery-worker.js';
import { Housekeeping } from './housekeeping.js';
import { EventPipeline } from '../intake/event-pipeline.js';

/** How the tracker itself is doing; numbers since the process started. */
export interface DeliveryHealthSnapshot {
  /** Degraded while the store or a channel fails or the store is slow, and for five minutes after something was dropped. */
  readonly status: 'ok' | 'degraded';
  /** Exceptions and messages that counted: each of them is stored, queued or dropped. */
  readonly capturedEvents: number;
  readonly storedEvents: number;
  /** Waiting in memory. */
  readonly queuedEvents: number;
  /** Events that were lost, by reason. */
  readonly dropped: Readonly<Record<string, number>>;
  /** Events that were counted without being kept, although they were to be, by reason. */
  readonly droppedDetails: Readonly<Record<string, number>>;
  /** What `sampleRate` and `beforeCapture` left out. */
  readonly leftOut: Readonly<Record<string, number>>;
  /** Whether the last attempt to reach the store succeeded. */
  readonly storeAvailable: boolean;
  /** A flush takes, or the last one took, more than ten seconds. */
  readonly storeSlow: boolean;
  /** The last failure of the store, without payload. */
  readonly lastError?: string;
  /** Epoch milliseconds. */
  readonly lastFlushAt?: number;
  readonly lastFlushMs?: number;
  /** Failed deliveries by channel. */
  readonly channelFailures: Readonly<Record<string, number>>;
  /** Alerts that no channel took after the last attempt. */
  readonly alertsGivenUp: number;
  /** Failures inside the tracker that cost a part of an event, e.g. a context builder or a hook that threw. */
  readonly internalErrors: number;
  /** Bytes of events waiting in memory. */
  readonly queuedBytes: number;
  /** When this process last removed old events (epoch milliseconds), and what it removed. */
  readonly lastPruneAt?: number;
  readonly lastPruneMs?: number;
  readonly lastPruned?: { readonly events: number; readonly issues: number };
  /** Why the last attempt to remove old events failed, without payload. */
  readonly pruneError?: string;
}

@Injectable()
export class DeliveryHealth {
  constructor(
    private readonly pipeline: EventPipeline,
    private readonly accumulator: Accumulator,
    private readonly worker: DeliveryWorker,
    private readonly dispatcher: AlertDispatcher,
    private readonly housekeeping: Housekeeping,
  ) {}

  snapshot(): DeliveryHealthSnapshot {
    const { stats, breaker, isSlow } = this.worker;
    const { received, bytes, dropped, droppedDetails } = this.accumulator;
    const alerts = this.dispatcher.health();
    const isLosing = dropped.areRecent || droppedDetails.areRecent;
    return {
      status: breaker.isFailing || isSlow || isLosing || alerts.failing.length > 0 ? 'degraded' : 'ok',
      capturedEvents: received + dropped.of('failed') + this.pipeline.waiting,
      storedEvents: stats.storedEvents,
      queuedEvents: this.worker.queuedEvents + this.pipeline.waiting,
      dropped: dropped.byReason(),
      droppedDetails: droppedDetails.byReason(),
      leftOut: this.leftOut(),
      storeAvailable: !breaker.isFailing,
      storeSlow: isSlow,
      ...(breaker.isFailing && { lastError: stats.lastError }),
      ...(stats.flushes > 0 && { lastFlushAt: stats.lastFlushAt, lastFlushMs: stats.lastFlushMs }),
      channelFailures: alerts.failures,
      alertsGivenUp: alerts.givenUp,
      internalErrors: this.pipeline.internalErrors,
      queuedBytes: bytes,
      ...this.pruned(),
    };
  }

  private pruned(): Partial<DeliveryHealthSnapshot> {
    const { last, lastError } = this.housekeeping;
    return {
      ...(last && {
        lastPruneAt: last.at,
        lastPruneMs: last.ms,
        lastPruned: { events: last.events, issues: last.issues },
      }),
      ...(lastError !== undefined && { pruneError: lastError }),
    };
  }

  private leftOut(): Readonly<Record<string, number>> {
    return Object.fromEntries(Object.entries(this.pipeline.stats.leftOut).filter(([, events]) => events > 0));
  }
}
