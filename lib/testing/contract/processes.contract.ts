import type { EventStore, SaveOutcome } from '../../storage/event-store.js';
import { aBatch, aDelta, NOON, samplesOf } from '../deltas.js';
import { alertForNew, noAlerts } from './alerts.js';
import { present, type Contract, type StoreFixture } from './contract.js';

async function manyStores(fixture: StoreFixture, n: number): Promise<EventStore[]> {
  const stores = Array.from({ length: n }, () => fixture.another());
  await Promise.all(stores.map((each) => each.open()));
  return stores;
}

export function processesContract({ describe, it, expect }: Contract): void {
  describe('several processes', () => {
    it('make one issue of the same new bug, with the exact sum and one alert', async ({
      store,
      bug,
      fixture,
      hoursOf,
      issueOf,
    }) => {
      const stores = await manyStores(fixture, 8);
      const names = [`${bug} x`, `${bug} y`, `${bug} z`];
      const alerts: string[] = [];
      const outcomes = await Promise.all(
        stores.map(async (each, index) => {
          const instance = `process-${String(index)}`;
          const all: SaveOutcome[] = [];
          for (let round = 0; round < 10; round += 1) {
            const deltas = names.map((name) => aDelta(name, { count: 3, samples: samplesOf(name, 1) }));
            const batch = { ...aBatch(...deltas), instance };
            all.push(
              ...(await each.save(batch, (outcome) => {
                const entries = alertForNew(outcome);
                alerts.push(...entries.map(({ dedupeKey }) => dedupeKey));
                return entries;
              })),
            );
          }
          return all;
        }),
      );
      const created = outcomes.flat().filter(({ created }) => created);
      expect(created).toHaveLength(3);
      for (const { issueId } of created) {
        expect(await issueOf(issueId)).toMatchObject({ eventCount: 240, storedCount: 80 });
        expect([...(await hoursOf(issueId)).values()]).toEqual([240]);
        const history = await store.getActivity(issueId, 10);
        expect(history.filter(({ kind }) => kind === 'first_seen')).toHaveLength(1);
      }
      const entries = await store.claimOutbox(1000, Date.now(), Date.now() + 60_000);
      const own = new Set(created.map(({ issueId }) => issueId));
      expect(entries.filter(({ issueId }) => own.has(issueId))).toHaveLength(3);
    });

    it('recognise a batch that was saved through another connection', async ({
      store,
      bug,
      fixture,
      issueOf,
    }) => {
      const batch = aBatch(aDelta(bug, { count: 2 }));
      const [outcome] = await store.save(batch, noAlerts);
      const [other] = await manyStores(fixture, 1);
      expect(await present(other).save(batch, noAlerts)).toEqual([]);
      expect((await issueOf(present(outcome).issueId)).eventCount).toBe(2);
    });

    it('announce one regression', async ({ store, bug, fixture, saveOne, issueOf }) => {
      const { issueId } = await saveOne();
      await store.changeStatus(issueId, { from: 'open', status: 'resolved', kind: 'resolved', at: NOON });
      const stores = await manyStores(fixture, 6);
      const outcomes = await Promise.all(
        stores.map((each, index) =>
          each.save({ ...aBatch(aDelta(bug)), instance: `process-${String(index)}` }, noAlerts),
        ),
      );
      expect(outcomes.flat().filter(({ regressed }) => regressed)).toHaveLength(1);
      expect(await issueOf(issueId)).toMatchObject({ regressions: 1, eventCount: 7, status: 'open' });
    });
  });
}
