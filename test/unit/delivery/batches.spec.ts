import { batchesOf, countEvents, withoutRefused } from '../../../lib/delivery/batches.js';
import { aBatch, aDelta, samplesOf } from '../../../lib/testing/deltas.js';

it('makes batches of at most 50 bugs', () => {
  const batches = batchesOf(
    'instance',
    Array.from({ length: 120 }, (_, index) => aDelta(`bug ${String(index)}`)),
  );
  expect(batches.map(({ deltas }) => deltas.length)).toEqual([50, 50, 20]);
  expect(countEvents(batches)).toBe(120);
});

it('tries each of several bugs alone, the one that is refused first in few words, then without events', () => {
  const batch = aBatch(aDelta('a', { count: 3 }), aDelta('b', { count: 9, samples: samplesOf('b', 2) }));
  const alone = withoutRefused(batch);
  expect(alone.batches.map(({ deltas }) => deltas.map(({ title }) => title))).toEqual([['a'], ['b']]);
  expect([alone.droppedEvents, alone.droppedSamples]).toEqual([0, 0]);

  const minimal = withoutRefused(alone.batches[1]!);
  expect([minimal.droppedEvents, minimal.droppedSamples]).toEqual([0, 0]);
  const [delta] = minimal.batches[0]!.deltas;
  expect(delta).toMatchObject({ count: 9, title: 'b' });
  expect(delta?.samples.map(({ event }) => event.truncated)).toEqual([['event'], ['event']]);
  expect(delta?.samples[0]?.event.exceptions).toEqual([
    { type: 'PaymentError', value: 'b', facts: {}, frames: [] },
  ]);

  const bare = withoutRefused(minimal.batches[0]!);
  expect([bare.droppedEvents, bare.droppedSamples]).toEqual([0, 2]);
  expect(bare.batches[0]?.deltas[0]).toMatchObject({ count: 9, samples: [] });

  expect(withoutRefused(bare.batches[0]!)).toEqual({ batches: [], droppedSamples: 0, droppedEvents: 9 });
});
