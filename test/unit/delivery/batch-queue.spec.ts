import { BatchQueue } from '../../../lib/delivery/batch-queue.js';
import { aBatch, aDelta, samplesOf } from '../../../lib/testing/deltas.js';

const titles = (queue: BatchQueue) => queue.head?.deltas.map(({ title }) => title);

/** A queue whose first batch has failed so often that it is suspected. */
function stuck(...bugs: string[]): BatchQueue {
  const queue = new BatchQueue();
  queue.add(bugs.map((bug) => aDelta(bug)));
  for (let attempt = 0; attempt < 3; attempt++) expect(queue.failed(false)).toBeUndefined();
  return queue;
}

describe('BatchQueue', () => {
  it('keeps a batch that fails as it is, and lets nothing past it', () => {
    const queue = new BatchQueue();
    queue.add([aDelta('a')]);
    const before = queue.head;
    expect(queue.failed(false)).toBeUndefined();
    expect(queue.head).toBe(before);
    expect(queue.hasRoom).toBe(false);
    expect(queue.failed(true)).toBeUndefined();
    expect(queue.head).toBe(before);
  });

  it('lets the others go first once it failed three times, under another name', () => {
    const queue = stuck('poison');
    const poison = queue.head;
    expect(queue.hasRoom).toBe(true);
    queue.add([aDelta('innocent')]);
    expect(titles(queue)).toEqual(['innocent']);
    // A store that has stored the first without saying so must not forget it.
    expect(queue.head?.instance).not.toBe(poison?.instance);
    expect(queue.stored()).toBe(1);
    expect(queue.head).toBe(poison);
  });

  it('gives the blame to the store as long as nothing else is stored', () => {
    const queue = stuck('a');
    for (let attempt = 0; attempt < 100; attempt++) expect(queue.failed(false)).toBeUndefined();
    expect(queue.events).toBe(1);
  });

  it('takes a batch apart that fails while others are stored, down to the number of events', () => {
    const queue = new BatchQueue();
    queue.add([aDelta('a'), aDelta('poison', { count: 5, samples: samplesOf('poison', 2) })]);
    for (let attempt = 0; attempt < 3; attempt++) queue.failed(false);
    expect(queue.failed(true)).toEqual({ samples: 0, events: 0 });
    expect(titles(queue)).toEqual(['a']);
    expect(queue.stored()).toBe(1);
    expect(queue.failed(true)).toEqual({ samples: 0, events: 0 });
    expect(queue.head?.deltas[0]?.samples[0]?.event.truncated).toEqual(['event']);
    expect(queue.failed(true)).toEqual({ samples: 2, events: 0 });
    expect(queue.head?.deltas[0]).toMatchObject({ count: 5, samples: [] });
    expect(queue.failed(true)).toEqual({ samples: 0, events: 5 });
    expect(queue.isEmpty).toBe(true);
  });

  it('takes nothing new while much is stuck', () => {
    const queue = new BatchQueue();
    for (let number = 0; number < 60; number++) {
      expect(queue.hasRoom).toBe(true);
      queue.add([aDelta(`bug ${String(number)}`)]);
      for (let attempt = 0; attempt < 3; attempt++) queue.failed(false);
    }
    expect(queue.hasRoom).toBe(false);
  });

  it('counts and hands over what this process captured, and forgets the rest when it is stored', () => {
    const queue = new BatchQueue();
    const forget = jest.fn();
    queue.addRestored(aBatch(aDelta('before', { count: 9 })), forget);
    queue.add(Array.from({ length: 60 }, (_, n) => aDelta(`bug ${String(n)}`)));
    expect(queue.events).toBe(60);
    const left = queue.handOver();
    expect(left.map(({ deltas }) => deltas.length)).toEqual([50, 10]);
    // The first may be on its way; the second can be stored by anybody at any time.
    expect(left[0]?.instance).not.toBe(left[0]?.id);
    expect(left[1]?.instance).toBe(left[1]?.id);
    expect(queue.stored()).toBe(0);
    expect(forget).toHaveBeenCalledTimes(1);
    expect(queue.stored()).toBe(50);
  });
});
