import type { ComponentChildren } from 'preact';
import type { DeliveryHealthSnapshot } from '../../upkeep/delivery-health.js';
import { bytes, formatCount, plural } from './numbers.js';
import { Ago } from './time.js';

interface HealthLineProps {
  readonly health: DeliveryHealthSnapshot | undefined;
  readonly now: number;
}

/** One quiet line: what the tracker does in the process that made the page. */
export function HealthLine({ health, now }: HealthLineProps) {
  if (!health) return null;
  const { lastFlushAt, lastFlushMs = 0, lastPruneAt, lastPruned } = health;
  const waiting = `${plural(health.queuedEvents, 'event')} waiting`;
  const failures = Object.entries(health.channelFailures).filter(([, count]) => count > 0);
  const facts: ComponentChildren[] = [
    `This process: ${formatCount(health.storedEvents)} of ${plural(health.capturedEvents, 'event')} stored`,
    health.queuedBytes > 0 ? `${waiting} (${bytes(health.queuedBytes)})` : waiting,
    lastFlushAt !== undefined && (
      <>
        last flush <Ago at={lastFlushAt} now={now} /> in {lastFlushMs.toFixed(lastFlushMs < 10 ? 1 : 0)} ms
      </>
    ),
    lastPruneAt !== undefined && (
      <>
        old events removed <Ago at={lastPruneAt} now={now} /> ({formatCount(lastPruned?.events ?? 0)})
      </>
    ),
    ...Object.entries(health.leftOut).map(([why, count]) => `${formatCount(count)} left out (${why})`),
    ...failures.map(([channel, count]) => `${channel} failed ${plural(count, 'time')}`),
  ];
  return (
    <footer class="foot" aria-label="What the tracker does">
      {facts
        .filter((fact) => fact !== false)
        .map((fact, index) => (
          <span key={index}>{fact}</span>
        ))}
    </footer>
  );
}
