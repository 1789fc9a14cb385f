import type { DeliveryHealthSnapshot } from '../../upkeep/delivery-health.js';
import { Glyph } from './icons.js';
import { formatCount, plural } from './numbers.js';

/**
 * A strip that stands out when something is wrong with the tracker: what it lost or cannot save
 * must be seen.
 */
export function HealthStrip({ health }: { health: DeliveryHealthSnapshot | undefined }) {
  const troubles = health ? troublesOf(health) : [];
  if (troubles.length === 0) return null;
  return (
    <aside class="health" aria-label="Health of the tracker">
      <Glyph name="warning" />
      <ul>
        {troubles.map((trouble) => (
          <li key={trouble}>{trouble}</li>
        ))}
      </ul>
    </aside>
  );
}

export function troublesOf(health: DeliveryHealthSnapshot): readonly string[] {
  const { storeAvailable, queuedEvents, lastError, channelFailures, alertsGivenUp } = health;
  const troubles: string[] = [];
  if (!storeAvailable) {
    const why = lastError ? ` (${lastError})` : '';
    troubles.push(`The database does not answer${why}. ${plural(queuedEvents, 'event')} waiting in memory.`);
  } else if (health.storeSlow) {
    troubles.push(`The database is slow. ${plural(queuedEvents, 'event')} waiting in memory.`);
  }
  const lost = sum(health.dropped);
  if (lost > 0) troubles.push(`Lost since the start: ${plural(lost, 'event')} (${reasons(health.dropped)}).`);
  const bare = sum(health.droppedDetails);
  if (bare > 0) {
    const why = reasons(health.droppedDetails);
    troubles.push(`Counted without details since the start: ${plural(bare, 'event')} (${why}).`);
  }
  if (alertsGivenUp > 0) {
    const channels = positive(channelFailures).map(([channel]) => channel);
    const on = channels.length > 0 ? ` on ${channels.join(', ')}` : '';
    troubles.push(`${plural(alertsGivenUp, 'alert')} could not be delivered${on}.`);
  }
  if (health.pruneError) troubles.push(`Old events could not be removed (${health.pruneError}).`);
  return troubles;
}

type Counts = Readonly<Record<string, number>>;

function sum(counts: Counts): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function reasons(counts: Counts): string {
  return positive(counts)
    .map(([reason, count]) => `${words(reason)} ${formatCount(count)}`)
    .join(', ');
}

function positive(counts: Counts): readonly (readonly [name: string, count: number])[] {
  return Object.entries(counts).filter(([, count]) => count > 0);
}

/** `queueFull` → `queue full` */
function words(name: string): string {
  return name
    .replace(/[_-]+/g, ' ')
    .replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}
