import { aBatch, aDelta, samplesOf } from '../../../lib/testing/deltas.js';
import { MemoryEventStore } from '../../../lib/testing/memory-event.store.js';

const rules = {
  ...{ eventDays: 30, eventsPerIssue: 100, events: 100_000 },
  ...{ quietIssueDays: 90, hourlyDays: 30, dailyDays: 365 },
};

describe('the store in memory', () => {
  it('trims an issue as a database would: not for every event above its share', async () => {
    const store = new MemoryEventStore();
    const now = Date.now();
    const save = (n: number) =>
      store.save(aBatch(aDelta('a', { lastSeen: now, samples: samplesOf('a', n, { at: now }) })), () => []);
    await save(120);
    expect(await store.prune(rules, 'tester', now)).toMatchObject({ events: 0 });
    await save(1);
    expect(await store.prune(rules, 'tester', now)).toMatchObject({ events: 21 });
  });
});
