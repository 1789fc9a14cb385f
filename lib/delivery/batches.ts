import { timeOrderedId } from '../values/time-ordered-id.js';
import type { ErrorEvent } from '../event/error-event.js';
import { skeleton } from '../bounds/bound-event.js';
import { deepFreeze } from '../values/deep-freeze.js';
import type { Batch, IssueDelta } from '../storage/event-store.js';

/**
 * An embedded database works on the host's only thread: a batch is a few milliseconds of work at
 * most.
 */
const MAX_DELTAS = 50;

export function batchesOf(instance: string, deltas: readonly IssueDelta[]): Batch[] {
  const batches: Batch[] = [];
  for (let start = 0; start < deltas.length; start += MAX_DELTAS) {
    batches.push({ id: timeOrderedId(), instance, deltas: deltas.slice(start, start + MAX_DELTAS) });
  }
  return batches;
}

/** What is left of a batch that the store refused, and how much of it is given up. */
export interface Remainder {
  readonly batches: Batch[];
  readonly droppedSamples: number;
  readonly droppedEvents: number;
}

/**
 * One record that the database will never accept must not hold up the others. So each is tried
 * alone, then with the least that can be said of its events, then without them.
 */
export function withoutRefused({ deltas }: Batch): Remainder {
  const nothing = { batches: [], droppedSamples: 0, droppedEvents: 0 };
  const [delta] = deltas;
  if (!delta) return nothing;
  if (deltas.length > 1) return { ...nothing, batches: deltas.map(alone) };
  if (delta.samples.length === 0) return { ...nothing, droppedEvents: delta.count };
  if (delta.samples.some(({ event }) => !isMinimal(event))) {
    const minimal = delta.samples.map((sample) => ({ ...sample, event: deepFreeze(skeleton(sample.event)) }));
    return { ...nothing, batches: [alone({ ...delta, samples: minimal })] };
  }
  const bare = alone({ ...delta, samples: [] });
  return { ...nothing, batches: [bare], droppedSamples: delta.samples.length };
}

/** Its own instance, so the store recognises it in any order. */
function alone(delta: IssueDelta): Batch {
  const id = timeOrderedId();
  return { id, instance: id, deltas: [delta] };
}

function isMinimal({ truncated }: ErrorEvent): boolean {
  return truncated?.includes('event') === true;
}

export function countEvents(batches: readonly Batch[]): number {
  return batches.reduce(
    (sum, { deltas }) => sum + deltas.reduce((events, { count }) => events + count, 0),
    0,
  );
}
