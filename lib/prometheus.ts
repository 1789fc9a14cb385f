import { Counter, Gauge, register, type Registry } from 'prom-client';
import type { ErrorTrackerService } from './error-tracker.service.js';
import type { DeliveryHealthSnapshot } from './upkeep/delivery-health.js';

type Numbers = Readonly<Record<string, number>>;

/**
 * Adds the tracker's own figures to a registry of `prom-client`, which reads them when it is asked
 * for its metrics. They replace the figures of a tracker that was added before: an application may
 * be started anew in the same process.
 *
 * @param registry default the global one
 */
export function exposeMetrics(
  tracker: Pick<ErrorTrackerService, 'health'>,
  registry: Registry = register,
): void {
  const registers = [registry];
  const counter = (name: string, help: string, read: (health: DeliveryHealthSnapshot) => number): void => {
    registry.removeSingleMetric(name);
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read(tracker.health()));
      },
    });
  };
  const counters = (
    name: string,
    help: string,
    label: string,
    read: (health: DeliveryHealthSnapshot) => Numbers,
  ): void => {
    registry.removeSingleMetric(name);
    new Counter({
      name,
      help,
      registers,
      labelNames: [label],
      collect() {
        this.reset();
        for (const [value, count] of Object.entries(read(tracker.health()))) {
          this.inc({ [label]: value }, count);
        }
      },
    });
  };
  const gauge = (name: string, help: string, read: (health: DeliveryHealthSnapshot) => number): void => {
    registry.removeSingleMetric(name);
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read(tracker.health()));
      },
    });
  };

  counter('error_tracker_captured_events_total', 'Events that were captured.', (h) => h.capturedEvents);
  counter('error_tracker_stored_events_total', 'Events that were stored.', (h) => h.storedEvents);
  counters('error_tracker_dropped_events_total', 'Events that were lost.', 'reason', (h) => h.dropped);
  counters(
    'error_tracker_dropped_details_total',
    'Events that were counted without their details.',
    'reason',
    (h) => h.droppedDetails,
  );
  counters('error_tracker_channel_failures_total', 'Failed deliveries of alerts.', 'channel', (h) => {
    return h.channelFailures;
  });
  counter(
    'error_tracker_alerts_given_up_total',
    'Alerts that no channel took after the last attempt.',
    (h) => h.alertsGivenUp,
  );
  counter('error_tracker_internal_errors_total', 'Failures inside of the tracker.', (h) => h.internalErrors);
  gauge('error_tracker_queued_events', 'Events that wait in memory.', (h) => h.queuedEvents);
  gauge('error_tracker_queued_bytes', 'Bytes of events that wait in memory.', (h) => h.queuedBytes);
  gauge('error_tracker_store_available', '1 if the last attempt to reach the store succeeded.', (h) =>
    h.storeAvailable ? 1 : 0,
  );
  gauge('error_tracker_last_flush_seconds', 'How long the last flush took.', (h) => {
    return (h.lastFlushMs ?? 0) / 1000;
  });
}
