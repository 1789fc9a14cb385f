import { aBatch, aDelta } from '../deltas.js';
import { noAlerts } from './alerts.js';
import { present, type Contract } from './contract.js';

export function openingContract({ describe, it, expect }: Contract): void {
  describe('opening', () => {
    it('opens a second time without harm', async ({ store, saveOne }) => {
      await store.open();
      const outcome = await saveOne();
      expect(outcome.created).toBe(true);
    });

    it('can be closed without having been opened, and twice', async ({ fixture }) => {
      const store = fixture.another();
      await store.close();
      await store.open();
      await store.close();
      await store.close();
    });

    it('lets wait what is asked for while an empty database is prepared', async ({ makeFixture }) => {
      const fresh = await makeFixture();
      try {
        const store = fresh.another();
        const opening = store.open();
        const answers = [store.findIssues({ limit: 1 }), store.deleteIssue(1), store.eraseUser('ada')];
        expect(await Promise.all(answers)).toEqual([{ items: [] }, false, 0]);
        await opening;
      } finally {
        await fresh.cleanUp();
      }
    });

    it('lets a batch wait that comes while an empty database is prepared', async ({ bug, makeFixture }) => {
      const fresh = await makeFixture();
      try {
        const store = fresh.another();
        const [, [outcome]] = await Promise.all([store.open(), store.save(aBatch(aDelta(bug)), noAlerts)]);
        expect(outcome).toMatchObject({ created: true });
      } finally {
        await fresh.cleanUp();
      }
    });

    it('lets several processes prepare an empty database at the same time', async ({ bug, makeFixture }) => {
      const fresh = await makeFixture();
      try {
        const [a, b, c] = [fresh.another(), fresh.another(), fresh.another()];
        await Promise.all([a.open(), b.open(), c.open()]);
        const [outcome] = await a.save(aBatch(aDelta(bug)), noAlerts);
        expect(await b.getIssue(present(outcome).issueId)).toBeDefined();
        expect((await c.countIssues()).open).toBe(1);
      } finally {
        await fresh.cleanUp();
      }
    });
  });
}
