import { Logger } from '@nestjs/common';
import type { AlertDispatcher } from '../../../lib/alerting/alert-dispatcher.js';
import type { DeliveryWorker } from '../../../lib/delivery/delivery-worker.js';
import { EventCounters } from '../../../lib/delivery/event-counters.js';
import type { EventPipeline } from '../../../lib/intake/event-pipeline.js';
import { DeliveryHealth } from '../../../lib/upkeep/delivery-health.js';
import type { Housekeeping } from '../../../lib/upkeep/housekeeping.js';

describe('DeliveryHealth', () => {
  let counters: EventCounters;
  const healthOf = ({ condition = {}, worker = {}, alerts = {}, housekeeping = {} } = {}) =>
    new DeliveryHealth(
      counters,
      { waiting: 2 } as unknown as EventPipeline,
      {
        condition: { isFailing: false, isSlow: false, lastError: 'earlier failure', ...condition },
        ...{ queuedEvents: 3, queuedBytes: 500, ...worker },
      } as unknown as DeliveryWorker,
      { health: () => ({ failures: {}, failing: [], givenUp: 0, ...alerts }) } as unknown as AlertDispatcher,
      housekeeping as unknown as Housekeeping,
    ).snapshot();

  beforeAll(() => Logger.overrideLogger(false));
  beforeEach(() => {
    counters = new EventCounters();
  });

  it('counts what waits in the pipeline as captured and as queued', () => {
    counters.received = 10;
    counters.stored = 7;
    expect(healthOf()).toMatchObject({
      capturedEvents: 12,
      storedEvents: 7,
      queuedEvents: 5,
      queuedBytes: 500,
    });
  });

  it('accounts for every captured event: it is stored, queued or dropped', () => {
    counters.received = 10;
    counters.stored = 6;
    counters.dropped.add('refused', 1);
    counters.failed();
    const { capturedEvents, storedEvents, queuedEvents, dropped } = healthOf();
    expect(dropped).toEqual({ refused: 1, failed: 1 });
    expect(storedEvents + queuedEvents + 2).toBe(capturedEvents);
  });

  it('is ok while nothing fails, and has no fields for what did not happen', () => {
    const health = healthOf();
    expect(health).toMatchObject({ status: 'ok', storeAvailable: true, storeSlow: false, leftOut: {} });
    for (const name of ['lastError', 'lastFlushAt', 'lastPruneAt', 'pruneError']) {
      expect(health).not.toHaveProperty(name);
    }
  });

  it.each([
    ['the store fails', { condition: { isFailing: true } }],
    ['the store is slow', { condition: { isSlow: true } }],
    ['a channel fails', { alerts: { failing: ['notifier:mail'] } }],
  ])('is degraded while %s', (_what, parts) => {
    expect(healthOf(parts).status).toBe('degraded');
  });

  it.each(['dropped', 'droppedDetails'] as const)('is degraded for a while after a loss: %s', (counter) => {
    counters[counter].add('refused', 1);
    expect(healthOf()[counter]).toEqual({ refused: 1 });
    expect(healthOf().status).toBe('degraded');
  });

  it('tells why the store fails, and what the options left out', () => {
    counters.leftOut.sampled = 4;
    expect(healthOf({ condition: { isFailing: true, lastError: 'SQLITE_FULL' } })).toMatchObject({
      ...{ storeAvailable: false, lastError: 'SQLITE_FULL', leftOut: { sampled: 4 } },
    });
  });

  it('tells of the last flush, the last prune and the alerts', () => {
    const health = healthOf({
      worker: { lastFlush: { at: 1, ms: 2 } },
      alerts: { failures: { 'notifier:mail': 5 }, givenUp: 1 },
      housekeeping: { last: { at: 3, ms: 4, events: 5, issues: 6 }, lastError: 'SQLITE_BUSY' },
    });
    expect(health).toMatchObject({
      ...{ lastFlushAt: 1, lastFlushMs: 2, channelFailures: { 'notifier:mail': 5 }, alertsGivenUp: 1 },
      ...{ lastPruneAt: 3, lastPruneMs: 4, lastPruned: { events: 5, issues: 6 }, pruneError: 'SQLITE_BUSY' },
    });
  });
});
