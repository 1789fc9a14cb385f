import { DAY_MS, HOUR_MS } from '../../time/durations.js';
import { aBatch, aDelta, hashOf, NOON, samplesOf } from '../deltas.js';
import { noAlerts } from './alerts.js';
import { present, type Contract } from './contract.js';

export function savingContract({ describe, it, expect }: Contract): void {
  describe('saving', () => {
    it('creates an issue for a fingerprint it has not seen, once', async ({ bug, saveOne, issueOf }) => {
      const first = await saveOne({ count: 3 });
      const second = await saveOne({ count: 4 });
      expect(first).toMatchObject({
        fingerprint: hashOf(bug),
        created: true,
        regressed: false,
        status: 'open',
      });
      expect(second).toMatchObject({ issueId: first.issueId, created: false, regressed: false });
      expect(await issueOf(first.issueId)).toMatchObject({ eventCount: 7, fingerprint: hashOf(bug) });
    });

    it('leaves a bug in its issue when another algorithm takes over, in every process', async ({
      bug,
      fixture,
      save,
      saveOne,
      issueOf,
    }) => {
      const { issueId } = await saveOne({ count: 2 });
      const known = { hash: hashOf(bug), algorithm: 'v1', key: bug };
      const upgraded = {
        hash: hashOf(`${bug} v2`),
        algorithm: 'v2',
        key: `${bug} v2`,
        former: [hashOf('nobody knew it'), known.hash],
      };
      const [first] = await save(aDelta(bug, { fingerprint: upgraded, count: 3 }));
      expect(first).toMatchObject({ issueId, created: false, fingerprint: upgraded.hash });
      const other = fixture.another();
      await other.open();
      const [second] = await other.save(
        aBatch(aDelta(bug, { fingerprint: { ...upgraded, former: [] } })),
        noAlerts,
      );
      expect(second).toMatchObject({ issueId, created: false });
      // Instances that were not deployed yet go on with the old one.
      expect(await saveOne()).toMatchObject({ issueId, created: false });
      expect(await issueOf(issueId)).toMatchObject({ eventCount: 7, fingerprint: known.hash });
    });

    it('makes a new issue for an algorithm whose former hashes nobody knows', async ({ bug, save }) => {
      const fingerprint = { hash: hashOf(bug), algorithm: 'v2', key: bug, former: [hashOf(`${bug} v1`)] };
      const [outcome] = await save(aDelta(bug, { fingerprint }));
      expect(outcome).toMatchObject({ created: true });
    });

    it('keeps what the newest event says about itself, in whatever order batches arrive', async ({
      saveOne,
      issueOf,
    }) => {
      const { issueId } = await saveOne({ lastSeen: NOON + 10, title: 'middle', release: '1.1' });
      await saveOne({ lastSeen: NOON + 20, title: 'newest', level: 'fatal', type: 'T2', release: '1.2' });
      await saveOne({ lastSeen: NOON + 5, title: 'older', release: '1.0' });
      expect(await issueOf(issueId)).toMatchObject({
        ...{ title: 'newest', level: 'fatal', type: 'T2' },
        ...{ firstRelease: '1.1', lastRelease: '1.2' },
        ...{ firstSeen: NOON + 5, lastSeen: NOON + 20 },
      });
    });

    it('takes the later of two events of one millisecond for the newer one', async ({
      bug,
      save,
      saveOne,
      issueOf,
    }) => {
      const lastSeen = NOON + 10;
      const { issueId } = await saveOne({ lastSeen, title: 'first', release: '1.0' });
      await saveOne({ lastSeen, title: 'second', release: '1.1' });
      expect(await issueOf(issueId)).toMatchObject({ title: 'second', lastRelease: '1.1', lastSeen });

      // Two fingerprints of one issue in one batch. Their hashes are in the order of the batch.
      const hash = 'f'.repeat(32) + hashOf(bug).slice(32);
      const fingerprint = { hash, algorithm: 'v2', key: bug, former: [hashOf(bug)] };
      const third = aDelta(bug, { lastSeen, title: 'third', release: '1.2' });
      await save(third, aDelta(bug, { fingerprint, lastSeen, title: 'fourth', release: '1.3' }));
      expect(await issueOf(issueId)).toMatchObject({ title: 'fourth', lastRelease: '1.3', eventCount: 4 });
    });

    it('keeps the release it knows when the newest event tells of none', async ({ saveOne, issueOf }) => {
      const { issueId } = await saveOne({ lastSeen: NOON, release: '1.0' });
      await saveOne({ lastSeen: NOON + 1, title: 'newest' });
      expect(await issueOf(issueId)).toMatchObject({ title: 'newest', lastRelease: '1.0' });
    });

    it('never moves lastSeen back or firstSeen forward when a clock runs backwards', async ({
      saveOne,
      issueOf,
    }) => {
      const { issueId } = await saveOne({ firstSeen: NOON, lastSeen: NOON + 60_000 });
      await saveOne({ firstSeen: NOON - HOUR_MS, lastSeen: NOON - HOUR_MS });
      await saveOne({ firstSeen: NOON + 1000, lastSeen: NOON + 2000 });
      expect(await issueOf(issueId)).toMatchObject({ firstSeen: NOON - HOUR_MS, lastSeen: NOON + 60_000 });
    });

    it('goes by the next event when the last one came from a clock days ahead', async ({
      saveOne,
      issueOf,
    }) => {
      const now = Date.now();
      const { issueId } = await saveOne({ lastSeen: now + 300 * DAY_MS, title: 'ahead' });
      await saveOne({ lastSeen: now, title: 'now' });
      expect(await issueOf(issueId)).toMatchObject({ title: 'now', firstSeen: now, lastSeen: now });
    });

    it('adds up the events of every hour', async ({ store, bug, save, saveOne, hoursOf }) => {
      const hours = (...entries: [number, number][]) => new Map(entries);
      const { issueId } = await saveOne({ count: 5, hours: hours([NOON, 2], [NOON + HOUR_MS, 3]) });
      await saveOne({ count: 4, hours: hours([NOON + HOUR_MS, 4]) });
      expect(await hoursOf(issueId)).toEqual(hours([NOON, 2], [NOON + HOUR_MS, 7]));
      expect(await hoursOf(issueId, NOON + 1)).toEqual(hours([NOON + HOUR_MS, 7]));
      const other = await save(aDelta(`${bug} other`, { count: 4 }));
      const ids = [issueId, present(other[0]).issueId, 999_999_999, -1];
      expect(await store.getHours(ids, 0)).toEqual(
        new Map([
          [issueId, hours([NOON, 2], [NOON + HOUR_MS, 7])],
          [present(other[0]).issueId, hours([NOON, 4])],
        ]),
      );
      expect(await store.getHours([], 0)).toEqual(new Map());
    });

    it('saves many bugs of one batch, each with its own facts', async ({ bug, save, issueOf }) => {
      const names = Array.from({ length: 300 }, (_, index) => `${bug} ${String(index)}`);
      const deltas = names.map((each, index) =>
        aDelta(each, {
          count: index + 1,
          samples: samplesOf(each, 1, { user: { id: `u${String(index)}` } }),
        }),
      );
      const outcomes = await save(...deltas);
      expect(outcomes).toHaveLength(300);
      await save(...deltas.map((delta) => ({ ...delta, samples: samplesOf(delta.title, 1) })));
      for (const index of [0, 1, 150, 299]) {
        const outcome = outcomes.find(({ fingerprint }) => fingerprint === hashOf(names[index] ?? ''));
        expect(await issueOf(present(outcome).issueId)).toMatchObject({
          ...{ title: names[index], eventCount: 2 * (index + 1), storedCount: 2, userCount: 1 },
        });
      }
    });

    it('recognises a batch that was saved already', async ({ store, bug, issueOf }) => {
      const batch = aBatch(aDelta(bug, { count: 2, samples: samplesOf(bug, 1) }));
      const [outcome] = await store.save(batch, noAlerts);
      expect(await store.save(batch, noAlerts)).toEqual([]);
      expect(await issueOf(present(outcome).issueId)).toMatchObject({ eventCount: 2, storedCount: 1 });
    });

    it('saves nothing of a batch when something in it fails', async ({ store, bug, saveOne, issueOf }) => {
      const { issueId } = await saveOne({ count: 1 });
      const batch = aBatch(aDelta(bug, { count: 5 }), aDelta(`${bug} other`));
      const failing = store.save(batch, () => {
        throw new Error('no alerts today');
      });
      await expect(failing).rejects.toThrow('no alerts today');
      expect((await issueOf(issueId)).eventCount).toBe(1);
      expect((await store.findIssues({ search: `${bug} other`, limit: 10 })).items).toEqual([]);
      const outcomes = await store.save(batch, noAlerts);
      expect(outcomes.map(({ created }) => created).sort()).toEqual([false, true]);
      expect((await issueOf(issueId)).eventCount).toBe(6);
    });

    it('shows a batch to readers as a whole or not at all, and takes several at once', async ({
      store,
      bug,
      allIssues,
    }) => {
      const names = Array.from({ length: 120 }, (_, index) => `${bug} ${String(index)}`);
      const saves = ['a', 'b', 'c'].map((instance) =>
        store.save({ ...aBatch(...names.map((each) => aDelta(each))), instance }, noAlerts),
      );
      const seen: number[] = [];
      let saving = true;
      const reads = (async () => {
        while (saving) seen.push((await store.countIssues(bug)).open);
      })();
      const outcomes = await Promise.all(saves);
      saving = false;
      await reads;
      expect(outcomes.flat().filter(({ created }) => created)).toHaveLength(120);
      expect(seen.filter((n) => n !== 0 && n !== 120)).toEqual([]);
      const [issue] = await allIssues({ search: `${bug} 119`, limit: 5 });
      expect(issue).toMatchObject({ eventCount: 3 });
    });
  });
}
