import { aDelta, samplesOf } from '../deltas.js';
import { present, type Contract } from './contract.js';
import { NOW, prune } from './pruning.js';

export function trimmingContract({ describe, it, expect }: Contract): void {
  describe('trimming', () => {
    it('trims an issue to its share: the first, the newest, and some of all times between', async ({
      store,
      bug,
      saveOne,
      issueOf,
      keptOf,
    }) => {
      const samples = samplesOf(bug, 60, { at: NOW });
      const ids = samples.map(({ event }) => event.id);
      const { issueId } = await saveOne({ samples });
      await prune(store);
      const kept = await keptOf(issueId);
      expect(kept).toHaveLength(10);
      expect(kept[0]).toBe(ids[0]);
      expect(kept.slice(5)).toEqual(ids.slice(-5));
      expect(kept.slice(1, 5).every((id) => ids.indexOf(id) < 55)).toBe(true);
      expect(await issueOf(issueId)).toMatchObject({ storedCount: 10, eventCount: 60 });
      expect(await prune(store)).toEqual({ events: 0, issues: 0 });
    });

    it('keeps an event of every time an issue came back', async ({ store, bug, saveOne, keptOf }) => {
      const { issueId } = await saveOne({ samples: samplesOf(bug, 30, { at: NOW }), lastSeen: NOW });
      const comebacks: string[] = [];
      for (const at of [NOW + 10, NOW + 20]) {
        await store.changeStatus(issueId, { from: 'open', status: 'resolved', kind: 'resolved', at });
        const [first, ...more] = samplesOf(bug, 30, { at: at + 1 });
        comebacks.push(present(first).event.id);
        const { regressed } = await saveOne({ samples: [present(first)], lastSeen: at + 1 });
        expect(regressed).toBe(true);
        await saveOne({ samples: more, lastSeen: at + 2 });
      }
      await prune(store);
      const kept = await keptOf(issueId);
      expect(kept).toHaveLength(10);
      expect(comebacks.filter((id) => !kept.includes(id))).toEqual([]);
    });

    it('keeps the first event of every release', async ({ store, bug, saveOne }) => {
      const releases = ['1.0', '1.1', '1.2', '1.3'];
      const samples = releases.flatMap((release, index) =>
        samplesOf(bug, index === 1 ? 1 : 30, { at: NOW, release }),
      );
      const { issueId } = await saveOne({ samples });
      await prune(store);
      const kept = (await store.findEvents(issueId, 200)).items.map(({ seq }) => seq).reverse();
      expect(kept).toHaveLength(10);
      expect([1, 31, 32, 62, 91].filter((seq) => !kept.includes(seq))).toEqual([]);
    });

    it('keeps the first and the newest where there is no place for more', async ({ store, bug, saveOne }) => {
      const samples = [...samplesOf(bug, 5, { release: '1.0' }), ...samplesOf(bug, 5, { release: '2.0' })];
      const { issueId } = await saveOne({ samples, lastSeen: NOW });
      await prune(store, { eventsPerIssue: 2, eventDays: 365 });
      expect((await store.findEvents(issueId, 200)).items.map(({ seq }) => seq)).toEqual([10, 1]);
    });

    it('keeps the whole within its bound, at the cost of the fullest issues', async ({
      store,
      bug,
      save,
      issueOf,
      allIssues,
    }) => {
      const [noisy] = await save(aDelta(`${bug} noisy`, { samples: samplesOf(bug, 80, { at: NOW }) }));
      const [rare] = await save(aDelta(`${bug} rare`, { samples: samplesOf(bug, 2, { at: NOW }) }));
      const others = (await allIssues({ limit: 200 })).reduce((sum, one) => sum + one.storedCount, 0) - 82;
      await prune(store, { eventsPerIssue: 1000, events: others + 40 });
      expect((await issueOf(present(rare).issueId)).storedCount).toBe(2);
      expect((await issueOf(present(noisy).issueId)).storedCount).toBeLessThanOrEqual(40);
    });
  });
}
