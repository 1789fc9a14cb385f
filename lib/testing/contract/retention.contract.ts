import type { EventStore, SaveOutcome } from '../../storage/event-store.js';
import { DAY_MS, HOUR_MS } from '../../time/durations.js';
import { aBatch, aDelta, NOON, samplesOf } from '../deltas.js';
import { alertForBack, noAlerts } from './alerts.js';
import { present, type Contract } from './contract.js';
import { NOW, prune, RULES } from './pruning.js';

export function retentionContract({ describe, it, expect }: Contract): void {
  describe('retention', () => {
    it('deletes events by age, and counts them off', async ({ store, bug, saveOne, issueOf, keptOf }) => {
      const old = samplesOf(bug, 3, { at: NOW - 31 * DAY_MS });
      const young = samplesOf(bug, 2, { at: NOW - 29 * DAY_MS });
      const { issueId } = await saveOne({ samples: [...old, ...young] });
      await prune(store);
      expect(await keptOf(issueId)).toEqual(young.map(({ event }) => event.id));
      expect(await issueOf(issueId)).toMatchObject({ storedCount: 2, eventCount: 5 });
      await saveOne({ samples: samplesOf(bug, 1, { at: NOW }) });
      const [newest] = (await store.findEvents(issueId, 1)).items;
      expect(newest?.seq).toBe(6);
    });

    it('removes what was resolved and has been quiet for long, and nothing that is open or muted', async ({
      store,
      bug,
      save,
      issueOf,
    }) => {
      const [open] = await save(aDelta(`${bug} open`));
      const [resolved] = await save(aDelta(`${bug} resolved`));
      const [muted] = await save(aDelta(`${bug} muted`));
      const [recent] = await save(aDelta(`${bug} recent`, { lastSeen: NOON + 20 * DAY_MS }));
      const settle = (id: number, status: 'resolved' | 'muted') =>
        store.changeStatus(id, { from: 'open', status, kind: status, at: NOON });
      await settle(present(resolved).issueId, 'resolved');
      await settle(present(muted).issueId, 'muted');
      await settle(present(recent).issueId, 'resolved');
      await prune(store, {}, NOON + 95 * DAY_MS);
      expect(await store.getIssue(present(resolved).issueId)).toBeUndefined();
      for (const outcome of [open, recent]) {
        expect(await store.getIssue(present(outcome).issueId)).toBeDefined();
      }
      // If it were deleted, it would be a new issue the next time, and alert.
      expect(await issueOf(present(muted).issueId)).toMatchObject({ status: 'muted' });
      expect((await save(aDelta(`${bug} resolved`)))[0]).toMatchObject({ created: true });
    });

    it('counts the quiet of an old issue from when somebody resolved it', async ({
      store,
      saveOne,
      issueOf,
    }) => {
      const { issueId } = await saveOne();
      const at = NOON + 200 * DAY_MS;
      await store.changeStatus(issueId, { from: 'open', status: 'resolved', kind: 'resolved', at });
      await prune(store, {}, at + 89 * DAY_MS);
      expect(await issueOf(issueId)).toMatchObject({ status: 'resolved' });
      await prune(store, {}, at + 91 * DAY_MS);
      expect(await store.getIssue(issueId)).toBeUndefined();
    });

    it('leaves an issue alone that comes back while it is at work', async ({
      store,
      bug,
      fixture,
      save,
      issueOf,
      keptOf,
    }) => {
      const names = Array.from({ length: 40 }, (_, index) => `${bug} ${String(index)}`);
      const quiet = await save(...names.map((each) => aDelta(each, { samples: samplesOf(each, 6) })));
      for (const { issueId } of quiet) {
        await store.changeStatus(issueId, { from: 'open', status: 'resolved', kind: 'resolved', at: NOON });
      }
      const later = NOON + 95 * DAY_MS;
      const other = fixture.another();
      await other.open();
      const comeBack = async () => {
        const outcomes: SaveOutcome[] = [];
        for (const name of names.toReversed()) {
          const delta = aDelta(name, { lastSeen: later, samples: samplesOf(name, 1, { at: later }) });
          outcomes.push(...(await other.save({ ...aBatch(delta), instance: 'other' }, alertForBack)));
        }
        return outcomes;
      };
      const [outcomes] = await Promise.all([comeBack(), prune(store, { eventDays: 365 }, later)]);
      for (const { issueId, regressed } of outcomes) {
        expect(await issueOf(issueId)).toMatchObject(
          regressed ? { status: 'open', eventCount: 7, storedCount: 7 } : { eventCount: 1, storedCount: 1 },
        );
        expect(await keptOf(issueId)).toHaveLength(regressed ? 7 : 1);
      }
      const alerted = (await store.claimOutbox(1000, later, later + 60_000)).map(({ issueId }) => issueId);
      const back = outcomes.filter(({ regressed }) => regressed).map(({ issueId }) => issueId);
      expect(back.filter((id) => !alerted.includes(id))).toEqual([]);
    });

    it('reports the events that went with their issues, however many they were', async ({
      store,
      bug,
      saveOne,
    }) => {
      const generous = { eventDays: 365, eventsPerIssue: 1000 };
      await prune(store, generous, NOON + 95 * DAY_MS);
      const { issueId } = await saveOne({ samples: samplesOf(bug, 450) });
      await store.changeStatus(issueId, { from: 'open', status: 'resolved', kind: 'resolved', at: NOON });
      expect(await prune(store, generous, NOON + 95 * DAY_MS)).toEqual({ events: 450, issues: 1 });
    });

    it('makes days of old hours, and forgets them after a year', async ({ store, saveOne, hoursOf }) => {
      const midnight = NOON - 12 * HOUR_MS;
      const hours = new Map([
        [midnight + HOUR_MS, 2],
        [NOON, 3],
        [NOON + DAY_MS, 5],
        [NOW - HOUR_MS, 7],
      ]);
      const { issueId } = await saveOne({ count: 17, hours });
      const expected = [
        [midnight, 5],
        [midnight + DAY_MS, 5],
        [NOW - HOUR_MS, 7],
      ];
      for (let time = 0; time < 2; time += 1) {
        await prune(store);
        expect([...(await hoursOf(issueId))]).toEqual(expected);
      }
      await saveOne({ count: 1, hours: new Map([[NOON + HOUR_MS, 1]]) });
      await prune(store);
      expect((await hoursOf(issueId)).get(midnight)).toBe(6);
      await prune(store, {}, NOON + 367 * DAY_MS);
      expect([...(await hoursOf(issueId)).keys()]).toEqual([NOW - 12 * HOUR_MS]);
    });

    it('forgets alerts that are done with as it forgets events', async ({ store, bug }) => {
      const dedupeKey = `alert ${bug}`;
      const alertAgain = async () => {
        await store.save(aBatch(aDelta(bug)), ({ issueId }) => [
          { dedupeKey, channel: 'notifier:test', kind: 'new-issue', issueId },
        ]);
        const claimed = await store.claimOutbox(1000, NOW, NOW + 60_000);
        return claimed.filter((entry) => entry.dedupeKey === dedupeKey);
      };
      const [entry] = await alertAgain();
      await store.settleOutbox(present(entry), { sent: true }, NOW);
      await prune(store, {}, NOW + 29 * DAY_MS);
      expect(await alertAgain()).toEqual([]);
      await prune(store, {}, NOW + 31 * DAY_MS);
      // Its key is all that shows whether it is still there.
      expect(await alertAgain()).toHaveLength(1);
    });

    it('goes on when a process with a clock far ahead was at it', async ({ store }) => {
      const generous = { ...RULES, eventDays: 36_500, quietIssueDays: 36_500, dailyDays: 36_500 };
      expect(await store.prune(generous, 'ahead', NOW + 3650 * DAY_MS)).toMatchObject({ finished: true });
      expect(await store.prune(generous, 'right', NOW)).toMatchObject({ finished: true });
    });

    it('is harmless beside writers and other pruners', async ({
      store,
      bug,
      fixture,
      saveOne,
      issueOf,
      keptOf,
    }) => {
      const others = Array.from({ length: 3 }, () => fixture.another());
      await Promise.all(others.map((each) => each.open()));
      const { issueId } = await saveOne({ samples: samplesOf(bug, 30, { at: NOW }), count: 30 });
      const write = async (each: EventStore, index: number) => {
        for (let round = 0; round < 8; round += 1) {
          const samples = samplesOf(bug, 5, { at: round % 2 ? NOW : NOW - 31 * DAY_MS });
          await each.save(
            { ...aBatch(aDelta(bug, { samples })), instance: `writer-${String(index)}` },
            noAlerts,
          );
        }
      };
      await Promise.all([
        ...others.map(write),
        ...others.map((each, index) => each.prune(RULES, `pruner-${String(index)}`, NOW)),
        store.prune(RULES, 'tester', NOW),
      ]);
      for (const each of [store, ...others]) await each.prune(RULES, 'last', NOW + 10 * 60_000);
      const issue = await issueOf(issueId);
      const kept = await keptOf(issueId);
      expect(issue).toMatchObject({ eventCount: 150, storedCount: kept.length });
      expect(kept.length).toBeLessThanOrEqual(12);
    });
  });
}
