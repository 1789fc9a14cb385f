import type { EventStore } from '../../storage/event-store.js';
import { aBatch, aDelta, samplesOf } from '../deltas.js';
import { alertForNew } from './alerts.js';
import { present, type Contract } from './contract.js';

const NOW = Date.UTC(2027, 0, 1);
const claimAll = async (from: EventStore, now = NOW, until = now + 60_000) =>
  from.claimOutbox(1000, now, until);

export function outboxContract({ describe, it: always, expect }: Contract): void {
  const it: Contract['it'] = (title, test) => {
    always(title, async (given) => {
      for (const entry of await claimAll(given.store, NOW * 2)) {
        await given.store.settleOutbox(entry, { sent: true }, NOW);
      }
      await test(given);
    });
  };
  describe('outbox', () => {
    it('holds the alerts of a batch, each once', async ({ store, bug }) => {
      const batch = aBatch(aDelta(bug, { samples: samplesOf(bug, 2) }));
      const [outcome] = await store.save(batch, alertForNew);
      const { issueId, eventId } = present(outcome);
      await store.save(batch, alertForNew);
      await store.save(aBatch(aDelta(bug)), () => alertForNew({ ...present(outcome), created: true }));
      const entries = await claimAll(store);
      expect(entries).toMatchObject([
        {
          dedupeKey: `new-issue:${String(issueId)}`,
          channel: 'notifier:test',
          issueId,
          eventId,
          attempts: 1,
        },
      ]);
    });

    it('hands each entry to exactly one of several claimers', async ({ store, bug, fixture }) => {
      const names = Array.from({ length: 20 }, (_, index) => `${bug} ${String(index)}`);
      await store.save(aBatch(...names.map((each) => aDelta(each))), alertForNew);
      const others = Array.from({ length: 4 }, () => fixture.another());
      await Promise.all(others.map((each) => each.open()));
      const claims = await Promise.all(others.map((each) => each.claimOutbox(8, NOW, NOW + 60_000)));
      const rest = await claimAll(store);
      const ids = [...claims.flat(), ...rest].map(({ id }) => id);
      expect(ids).toHaveLength(20);
      expect(new Set(ids).size).toBe(20);
      expect(await claimAll(store)).toEqual([]);
    });

    it('gives an entry out again when its claimer did not come back', async ({ store, bug }) => {
      await store.save(aBatch(aDelta(bug)), alertForNew);
      const [lost] = await claimAll(store, NOW, NOW + 1000);
      expect(await claimAll(store, NOW + 999)).toEqual([]);
      const [again] = await claimAll(store, NOW + 1000);
      expect(again).toMatchObject({ id: present(lost).id, attempts: 2 });
      // The first claimer's late failure must not disturb the second one's attempt.
      await store.settleOutbox(present(lost), { sent: false, error: 'late', retryAt: NOW }, NOW + 1001);
      expect(await claimAll(store, NOW + 1002)).toEqual([]);
    });

    it('hands out first what is due the longest', async ({ store, bug }) => {
      const names = ['a', 'b', 'c'].map((letter) => `${bug} ${letter}`);
      for (const name of names) await store.save(aBatch(aDelta(name)), alertForNew);
      const claimed = await claimAll(store);
      expect(claimed).toHaveLength(3);
      const [a, b, c] = claimed.map(present);
      const putOff = (entry: typeof a, retryAt: number) =>
        store.settleOutbox(present(entry), { sent: false, error: 'later', retryAt }, NOW);
      await putOff(a, NOW + 3);
      await putOff(b, NOW + 1);
      await putOff(c, NOW + 2);
      const ids = [...(await store.claimOutbox(2, NOW + 9, NOW + 99)), ...(await claimAll(store, NOW + 9))];
      expect(ids.map(({ id }) => id)).toEqual([b, c, a].map((entry) => present(entry).id));
    });

    it('tries a failed entry again when it is due, and gives up when told to', async ({ store, bug }) => {
      const [outcome] = await store.save(aBatch(aDelta(bug)), alertForNew);
      const { issueId } = present(outcome);
      const [entry] = await claimAll(store);
      await store.settleOutbox(present(entry), { sent: false, error: 'no route', retryAt: NOW + 5000 }, NOW);
      expect(await claimAll(store, NOW + 4999)).toEqual([]);
      const [second] = await claimAll(store, NOW + 5000);
      expect(second).toMatchObject({ id: present(entry).id, attempts: 2 });
      await store.settleOutbox(present(second), { sent: false, error: 'gone 💥'.repeat(500) }, NOW + 5001);
      expect(await claimAll(store, NOW * 2)).toEqual([]);
      const [activity] = await store.getActivity(issueId, 1);
      expect(activity).toMatchObject({ kind: 'alert_failed', at: NOW + 5001 });
      expect(activity?.detail).toContain('notifier:test: gone');
    });

    it('notes a sent alert, and a ticket on its issue', async ({ store, bug, issueOf }) => {
      const channels = ['notifier:test', 'ticket:test'];
      const [outcome] = await store.save(aBatch(aDelta(bug)), ({ issueId }) =>
        channels.map((channel) => ({
          dedupeKey: `${channel}:${bug}`,
          channel,
          kind: 'new-issue',
          issueId,
        })),
      );
      const { issueId } = present(outcome);
      const ticket = { key: 'SHOP-1', url: 'https://tickets.example/SHOP-1' };
      for (const entry of await claimAll(store)) {
        const isTicket = entry.channel === 'ticket:test';
        await store.settleOutbox(entry, { sent: true, ...(isTicket ? { ticket } : {}) }, NOW);
        await store.settleOutbox(entry, { sent: true }, NOW);
      }
      expect((await issueOf(issueId)).ticket).toEqual(ticket);
      const history = await store.getActivity(issueId, 10);
      const alerts = history.filter(({ kind }) => kind !== 'first_seen');
      expect(alerts.map(({ kind, detail }) => `${kind} ${detail ?? ''}`).sort()).toEqual([
        'alert_sent notifier:test',
        'ticket_created SHOP-1',
      ]);
      expect(await claimAll(store, NOW * 2)).toEqual([]);
    });

    it('forgets the alerts of a deleted issue', async ({ store, bug }) => {
      const [outcome] = await store.save(aBatch(aDelta(bug)), alertForNew);
      const [entry] = await claimAll(store);
      await store.deleteIssue(present(outcome).issueId);
      await store.settleOutbox(present(entry), { sent: true }, NOW);
      expect(await claimAll(store, NOW * 2)).toEqual([]);
      expect(await store.getActivity(present(outcome).issueId, 5)).toEqual([]);
    });
  });
}
