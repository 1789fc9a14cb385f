import { userKey } from '../../storage/user-key.js';
import { aDelta, anEvent, samplesOf } from '../deltas.js';
import { present, type Contract } from './contract.js';

export function erasingContract({ describe, it, expect }: Contract): void {
  describe('erasing', () => {
    it('erases all events of a user, and no others', async ({ store, bug, save, issueOf, keptOf }) => {
      const of = (id: string, n: number) => samplesOf(bug, n, { user: { id, name: 'N' } });
      const ada = `ada ${bug}`;
      const [first] = await save(aDelta(`${bug} 1`, { samples: [...of(ada, 3), ...of(`bob ${bug}`, 2)] }));
      const [second] = await save(aDelta(`${bug} 2`, { samples: [...of(ada, 4), ...samplesOf(bug, 1)] }));
      expect(await store.eraseUser(ada)).toBe(7);
      expect(await keptOf(present(first).issueId)).toHaveLength(2);
      expect(await keptOf(present(second).issueId)).toHaveLength(1);
      expect(await issueOf(present(first).issueId)).toMatchObject({
        storedCount: 2,
        eventCount: 5,
        userCount: 2,
      });
      expect(await store.eraseUser(ada)).toBe(0);
      expect(await store.eraseUser(`nobody ' ${bug}`)).toBe(0);
    });

    it('erases events by whom they stand for, and by the id that stands in them', async ({
      store,
      bug,
      saveOne,
      keptOf,
    }) => {
      const ids = ['named nobody', 'named otherwise', 'in its place'].map((word) => `${word} ${bug}`);
      const [unnamed = '', real = '', pseudonym = ''] = ids;
      const sampleFor = (id: string, user?: { id: string }) => ({
        event: anEvent(bug, user && { user }),
        user: userKey(id),
        weight: 1,
      });
      const samples = [sampleFor(unnamed), sampleFor(real, { id: pseudonym }), ...samplesOf(bug, 1)];
      const { issueId } = await saveOne({ samples });
      expect(await store.eraseUser(unnamed)).toBe(1);
      expect(await store.eraseUser(pseudonym)).toBe(1);
      expect(await keptOf(issueId)).toEqual([samples[2]?.event.id]);
    });

    it('knows nothing any more of whom an issue met once they were erased', async ({
      store,
      bug,
      saveOne,
      issueOf,
    }) => {
      const { issueId } = await saveOne({
        count: 2,
        users: [userKey(`ada ${bug}`), userKey(`bob ${bug}`)],
      });
      expect(await store.eraseUser(`ada ${bug}`)).toBe(0);
      await saveOne({ users: [userKey(`bob ${bug}`)] });
      expect((await issueOf(issueId)).userCount).toBe(2);
      // The same person is counted once more, because nothing is left that tells.
      await saveOne({ users: [userKey(`ada ${bug}`)] });
      expect((await issueOf(issueId)).userCount).toBe(3);
    });

    it('counts users up to 1000', async ({ bug, saveOne, issueOf }) => {
      const users = Array.from({ length: 1002 }, (_, index) => userKey(`${String(index)} ${bug}`));
      const { issueId } = await saveOne({ count: 999, users: users.slice(0, 999) });
      expect((await issueOf(issueId)).userCount).toBe(999);
      for (let time = 0; time < 2; time += 1) {
        await saveOne({ count: 1, users: users.slice(-1000) });
        expect((await issueOf(issueId)).userCount).toBe(1000);
      }
    });

    it('counts users whose events are not kept', async ({ saveOne, issueOf }) => {
      const { issueId } = await saveOne({ count: 5, users: ['u1', 'u2', 'u3'] });
      await saveOne({ count: 2, users: ['u3', 'u4'] });
      expect((await issueOf(issueId)).userCount).toBe(4);
    });
  });
}
