import { InvalidCursorError } from '../../errors/invalid-cursor.error.js';
import type { IssueQuery } from '../../storage/event-store.js';
import { aDelta, NOON, samplesOf } from '../deltas.js';
import { present, type Contract } from './contract.js';

export function listsContract({ describe, it, expect }: Contract): void {
  describe('lists', () => {
    it('pages through issues that were last seen at the same moment, each once', async ({
      bug,
      save,
      allIssues,
    }) => {
      const names = Array.from({ length: 7 }, (_, index) => `${bug} ${String(index)}`);
      await save(...names.map((each) => aDelta(each)));
      for (const sort of ['lastSeen', 'firstSeen', 'eventCount'] as const) {
        const titles = (await allIssues({ search: bug, sort, status: 'open', limit: 2 })).map(
          ({ title }) => title,
        );
        expect(titles).toHaveLength(7);
        expect(new Set(titles)).toEqual(new Set(names));
      }
    });

    it('sorts by each order, descending', async ({ bug, save, allIssues }) => {
      await save(
        aDelta(`${bug} a`, { count: 2, firstSeen: NOON, lastSeen: NOON + 9 }),
        aDelta(`${bug} b`, { count: 9, firstSeen: NOON + 1, lastSeen: NOON + 5 }),
        aDelta(`${bug} c`, { count: 5, firstSeen: NOON + 2, lastSeen: NOON + 7 }),
      );
      const order = async (sort?: IssueQuery['sort']) =>
        (await allIssues({ search: bug, limit: 1, ...(sort ? { sort } : {}) })).map(({ title }) =>
          title.at(-1),
        );
      expect(await order()).toEqual(['a', 'c', 'b']);
      expect(await order('firstSeen')).toEqual(['c', 'b', 'a']);
      expect(await order('eventCount')).toEqual(['b', 'c', 'a']);
    });

    it('takes every character of a search literally and ignores case', async ({ bug, save, allIssues }) => {
      const odd = ['100%', 'a_b', 'back\\slash', "it's", '!bang', 'ÄÖÜ 💥', '[x]'];
      await save(...odd.map((part) => aDelta(`${bug} <${part}>`)));
      for (const part of odd) {
        for (const search of [`<${part}>`, `<${part.toLowerCase()}>`, `<${part.toUpperCase()}>`]) {
          const found = (await allIssues({ search: `${bug} ${search}`, limit: 50 })).map(
            ({ title }) => title,
          );
          expect(found).toEqual([`${bug} <${part}>`]);
        }
      }
      expect(await allIssues({ search: `${bug} <a%b>`, limit: 50 })).toEqual([]);
      expect(await allIssues({ search: `${bug} <axb>`, limit: 50 })).toEqual([]);
    });

    it('searches type and culprit too', async ({ bug, saveOne, allIssues }) => {
      await saveOne({ type: `Type-${bug}`, culprit: `Culprit-${bug}`, title: 'x' });
      expect(await allIssues({ search: `type-${bug}`, limit: 5 })).toHaveLength(1);
      expect(await allIssues({ search: `culprit-${bug}`, limit: 5 })).toHaveLength(1);
    });

    it('counts the issues of each state for the same search', async ({ store, bug, save, allIssues }) => {
      const outcomes = await save(aDelta(`${bug} a`), aDelta(`${bug} b`), aDelta(`${bug} c`));
      await store.changeStatus(present(outcomes[0]).issueId, {
        from: 'open',
        status: 'muted',
        kind: 'muted',
        at: NOON,
      });
      expect(await store.countIssues(bug)).toEqual({ open: 2, resolved: 0, muted: 1 });
      expect(await allIssues({ search: bug, status: 'muted', limit: 5 })).toHaveLength(1);
      expect((await store.countIssues()).open).toBeGreaterThanOrEqual(2);
    });

    it('shows each issue as reading it alone does', async ({ bug, saveOne, issueOf, allIssues }) => {
      const { issueId } = await saveOne({ samples: samplesOf(bug, 1), release: '1.0' });
      const [item] = await allIssues({ search: bug, limit: 5 });
      expect(item).toEqual(await issueOf(issueId));
      expect(item).toMatchObject({ groupingKey: `Error\n${bug}`, handled: false, source: 'http' });
    });

    it('refuses a cursor it did not hand out', async ({ store, bug, saveOne }) => {
      const { issueId } = await saveOne({ samples: samplesOf(bug, 3) });
      const { nextCursor } = await store.findEvents(issueId, 1);
      const hostile = ['', 'x', '!!!', "' OR 1=1", 'a'.repeat(5000), 'bGFzdFNlZW46MTox', '\u0000'];
      hostile.push(Buffer.from('lastSeen:1e3:1').toString('base64url'));
      hostile.push(Buffer.from('lastSeen:99999999999999999999:1').toString('base64url'));
      hostile.push(Buffer.from('lastSeen:1').toString('base64url'), present(nextCursor));
      for (const cursor of hostile.filter((each) => each !== 'bGFzdFNlZW46MTox')) {
        await expect(store.findIssues({ cursor, limit: 5 })).rejects.toThrow(InvalidCursorError);
      }
      for (const cursor of hostile.slice(0, -1)) {
        await expect(store.findEvents(issueId, 5, cursor)).rejects.toThrow(InvalidCursorError);
      }
    });

    it('bounds the size of a page whatever is asked for', async ({ store, bug, save }) => {
      await save(...Array.from({ length: 210 }, (_, index) => aDelta(`${bug} ${String(index)}`)));
      expect((await store.findIssues({ search: bug, limit: 1e9 })).items).toHaveLength(200);
      for (const limit of [0, -1, NaN]) {
        expect((await store.findIssues({ search: bug, limit })).items).toHaveLength(1);
      }
    });

    it('orders by nothing but the known columns', async ({ store, bug, saveOne }) => {
      await saveOne();
      const sort = 'id; DROP TABLE error_tracker_issue' as 'lastSeen';
      expect((await store.findIssues({ search: bug, sort, limit: 5 })).items).toHaveLength(1);
    });
  });
}
