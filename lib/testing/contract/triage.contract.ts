import { aBatch, aDelta, NOON, samplesOf } from '../deltas.js';
import { noAlerts } from './alerts.js';
import { present, type Contract } from './contract.js';

export function triageContract({ describe, it, expect }: Contract): void {
  describe('triage', () => {
    it('reopens a resolved issue once and counts the regression', async ({ store, saveOne, issueOf }) => {
      const { issueId } = await saveOne();
      const resolved = await store.changeStatus(issueId, {
        ...{ from: 'open', status: 'resolved', kind: 'resolved', actor: 'ops', at: NOON + 1 },
      });
      expect(resolved).toMatchObject({ id: issueId, status: 'resolved' });
      expect(await saveOne()).toMatchObject({ regressed: true, status: 'open', regressions: 1 });
      expect(await saveOne()).toMatchObject({ regressed: false, status: 'open', regressions: 1 });
      expect(await issueOf(issueId)).toMatchObject({ status: 'open', regressions: 1, eventCount: 3 });
    });

    it('leaves a muted issue muted', async ({ store, saveOne }) => {
      const { issueId } = await saveOne();
      await store.changeStatus(issueId, { from: 'open', status: 'muted', kind: 'muted', at: NOON });
      expect(await saveOne()).toMatchObject({ regressed: false, status: 'muted' });
    });

    it('writes the history, newest first', async ({ store, saveOne }) => {
      const { issueId } = await saveOne({ firstSeen: NOON, lastSeen: NOON });
      await store.changeStatus(issueId, {
        ...{ from: 'open', status: 'resolved', kind: 'resolved', actor: 'ops', at: NOON + 1 },
      });
      await store.changeStatus(issueId, {
        from: 'open',
        status: 'resolved',
        kind: 'resolved',
        at: NOON + 2,
      });
      await saveOne({ lastSeen: NOON + 3 });
      expect(await store.getActivity(issueId, 10)).toEqual([
        { kind: 'regressed', at: NOON + 3 },
        { kind: 'resolved', at: NOON + 1, actor: 'ops' },
        { kind: 'first_seen', at: NOON },
      ]);
      expect(await store.getActivity(issueId, 1)).toHaveLength(1);
    });

    it('knows nothing of an issue that is not there', async ({ store }) => {
      for (const id of [-1, 0, 1.5, NaN, 999_999_999, 2 ** 40]) {
        expect(await store.getIssue(id)).toBeUndefined();
        expect(
          await store.changeStatus(id, { from: 'resolved', status: 'open', kind: 'reopened', at: 1 }),
        ).toBeUndefined();
        expect(await store.deleteIssue(id)).toBe(false);
        expect((await store.findEvents(id, 10)).items).toEqual([]);
      }
    });

    it('removes an issue with everything that hangs on it', async ({ store, bug, saveOne, hoursOf }) => {
      const samples = samplesOf(bug, 450, { user: { id: 'u' } });
      const { issueId } = await saveOne({ samples });
      expect(await store.deleteIssue(issueId)).toBe(true);
      expect(await store.getIssue(issueId)).toBeUndefined();
      expect(await store.getEvent(present(samples[0]).event.id)).toBeUndefined();
      expect((await hoursOf(issueId)).size).toBe(0);
      expect(await store.getActivity(issueId, 10)).toEqual([]);
      expect(await store.deleteIssue(issueId)).toBe(false);
    });

    it('makes a new issue when a deleted one comes back, in every process that knew it', async ({
      bug,
      fixture,
      saveOne,
      issueOf,
    }) => {
      const other = fixture.another();
      await other.open();
      const { issueId } = await saveOne();
      await other.save({ ...aBatch(aDelta(bug)), instance: 'other' }, noAlerts);
      await other.deleteIssue(issueId);
      const again = await saveOne({ count: 3 });
      expect(again).toMatchObject({ created: true });
      expect(again.issueId).not.toBe(issueId);
      const [elsewhere] = await other.save({ ...aBatch(aDelta(bug)), instance: 'other' }, noAlerts);
      expect(elsewhere).toMatchObject({ created: false, issueId: again.issueId });
      expect((await issueOf(again.issueId)).eventCount).toBe(4);
    });
  });
}
