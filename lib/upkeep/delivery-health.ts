import { Injectable } from '@nestjs/common';
import { AlertDispatcher } from '../alerting/alert-dispatcher.js';
import { DeliveryWorker } from '../delivery/delivery-worker.js';
import { EventCounters } from '../delivery/event-counters.js';
import { EventPipeline } from '../intake/event-pipeline.js';
import { Housekeeping } from './housekeeping.js';

/** How the tracker itself is doing; numbers since the process started. */
export interface DeliveryHealthSnapshot {
  /**
   * Degraded while the store or a channel fails or the store is slow, and for five minutes after a
   * loss.
   */
  readonly status: 'ok' | 'degraded';
  /** Exceptions and messages that counted: each of them is stored, queued or dropped. */
  readonly capturedEvents: number;
  readonly storedEvents: number;
  /** Waiting in memory. */
  readonly queuedEvents: number;
  /** Events that were lost, by reason. */
  readonly dropped: Readonly<Record<string, number>>;
  /** Events whose details were lost, by reason; they are still counted. */
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
  /**
   * Failures inside the tracker that cost a part of an event, e.g. a context builder or a hook that
   * threw.
   */
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

/** Gathers how every part of the tracker is doing. */
@Injectable()
export class DeliveryHealth {
  constructor(
    private readonly counters: EventCounters,
    private readonly pipeline: EventPipeline,
    private readonly worker: DeliveryWorker,
    private readonly dispatcher: AlertDispatcher,
    private readonly housekeeping: Housekeeping,
  ) {}

  snapshot(): DeliveryHealthSnapshot {
    const { received, stored, dropped, droppedDetails, leftOut, internalErrors } = this.counters;
    const { condition, lastFlush } = this.worker;
    const { isFailing, isSlow } = condition;
    const { waiting } = this.pipeline;
    const alerts = this.dispatcher.health();
    const isLosing = dropped.isRecent || droppedDetails.isRecent;
    return {
      status: isFailing || isSlow || isLosing || alerts.failing.length > 0 ? 'degraded' : 'ok',
      capturedEvents: received + dropped.of('failed') + waiting,
      storedEvents: stored,
      queuedEvents: this.worker.queuedEvents + waiting,
      dropped: dropped.byReason(),
      droppedDetails: droppedDetails.byReason(),
      leftOut: Object.fromEntries(Object.entries(leftOut).filter(([, events]) => events > 0)),
      storeAvailable: !isFailing,
      storeSlow: isSlow,
      ...(isFailing && { lastError: condition.lastError }),
      ...(lastFlush && { lastFlushAt: lastFlush.at, lastFlushMs: lastFlush.ms }),
      channelFailures: alerts.failures,
      alertsGivenUp: alerts.givenUp,
      internalErrors,
      queuedBytes: this.worker.queuedBytes,
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
}
