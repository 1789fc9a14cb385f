import { Registry } from 'prom-client';
import { exposeMetrics } from '../../lib/prometheus.js';
import type { DeliveryHealthSnapshot } from '../../lib/upkeep/delivery-health.js';

const healthy: DeliveryHealthSnapshot = {
  ...{ status: 'ok', storeAvailable: true, storeSlow: false },
  ...{ capturedEvents: 10, storedEvents: 7, queuedEvents: 2, queuedBytes: 900 },
  ...{ dropped: { refused: 1 }, droppedDetails: {}, leftOut: {} },
  ...{ channelFailures: { 'notifier:mail': 3 }, alertsGivenUp: 1, internalErrors: 4, lastFlushMs: 250 },
};

/** The lines with values, without those that explain them. */
const linesOf = async (registry: Registry): Promise<string[]> =>
  (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));

describe('exposeMetrics', () => {
  it('has a figure for each number of the health', async () => {
    const registry = new Registry();
    exposeMetrics({ health: () => healthy }, registry);
    expect(await linesOf(registry)).toEqual([
      'error_tracker_captured_events_total 10',
      'error_tracker_stored_events_total 7',
      'error_tracker_dropped_events_total{reason="refused"} 1',
      'error_tracker_channel_failures_total{channel="notifier:mail"} 3',
      'error_tracker_alerts_given_up_total 1',
      'error_tracker_internal_errors_total 4',
      'error_tracker_queued_events 2',
      'error_tracker_queued_bytes 900',
      'error_tracker_store_available 1',
      'error_tracker_last_flush_seconds 0.25',
    ]);
  });

  it('reads the health anew whenever it is asked, and adds nothing up', async () => {
    const registry = new Registry();
    let health = healthy;
    exposeMetrics({ health: () => health }, registry);
    await registry.metrics();
    health = { ...healthy, capturedEvents: 11, storeAvailable: false, lastFlushMs: undefined };
    expect(await linesOf(registry)).toEqual(
      expect.arrayContaining([
        ...['error_tracker_captured_events_total 11', 'error_tracker_store_available 0'],
        ...['error_tracker_last_flush_seconds 0', 'error_tracker_dropped_events_total{reason="refused"} 1'],
      ]),
    );
  });

  it('replaces the figures of a tracker that was added before', async () => {
    const registry = new Registry();
    exposeMetrics({ health: () => healthy }, registry);
    exposeMetrics({ health: () => ({ ...healthy, capturedEvents: 1 }) }, registry);
    expect(await linesOf(registry)).toContain('error_tracker_captured_events_total 1');
  });
});
