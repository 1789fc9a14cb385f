import { randomUUID } from 'node:crypto';
import { aDelta, anEvent, hashOf, NOON, samplesOf } from '../deltas.js';
import type { Contract } from './contract.js';

export function eventsContract({ describe, it, expect }: Contract): void {
  describe('events', () => {
    it('keeps samples with number, weight and everything in them', async ({ store, bug, saveOne }) => {
      const text = 'emoji 💥, NUL \u0000, half \ud83d, quotes \' " `, backslash \\ and ünïcödé';
      const event = anEvent(bug, {
        user: { id: 'u1', note: text },
        contexts: { odd: { [text]: [text, 1.5, null, true] } },
        release: '1.0',
      });
      const { issueId, eventId } = await saveOne({ samples: [{ event, weight: 12 }], count: 12 });
      expect(eventId).toBe(event.id);
      const stored = await store.getEvent(event.id);
      expect(stored).toEqual({
        issueId,
        seq: 1,
        weight: 12,
        event: JSON.parse(JSON.stringify(event)) as object,
      });
    });

    it('keeps an event of 32 KiB and more that consists of emoji', async ({ store, bug, saveOne }) => {
      const event = anEvent(bug, { contexts: { large: { text: '💥'.repeat(25_000) } } });
      await saveOne({ samples: [{ event, weight: 1 }] });
      expect((await store.getEvent(event.id))?.event.contexts).toEqual(event.contexts);
    });

    it('numbers them across batches and pages through them, newest first', async ({
      store,
      bug,
      saveOne,
      issueOf,
    }) => {
      const { issueId } = await saveOne({ samples: samplesOf(bug, 3) });
      await saveOne({ samples: samplesOf(bug, 4) });
      const seen: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.findEvents(issueId, 3, cursor);
        seen.push(...page.items.map(({ seq }) => seq));
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1]);
      expect((await issueOf(issueId)).storedCount).toBe(7);
    });

    it('knows the neighbours of an event', async ({ store, bug, saveOne }) => {
      const samples = samplesOf(bug, 4);
      const { issueId } = await saveOne({ samples });
      const [a, b, c, d] = samples.map(({ event }) => event.id);
      expect(await store.getNeighbours(issueId, 1)).toEqual({ next: b, last: d });
      expect(await store.getNeighbours(issueId, 3)).toEqual({ first: a, previous: b, next: d, last: d });
      expect(await store.getNeighbours(issueId, 4)).toEqual({ first: a, previous: c });
    });

    it('finds no event by an id that none can have', async ({ store }) => {
      for (const id of ['', randomUUID(), "' OR 1=1 --", 'x'.repeat(1000), '\u0000', '\ud83d']) {
        expect(await store.getEvent(id)).toBeUndefined();
      }
    });

    it('counts each user once', async ({ bug, saveOne, issueOf }) => {
      const by = (id: string) => samplesOf(bug, 1, { user: { id } });
      const { issueId } = await saveOne({ samples: [...by('a'), ...by('b'), ...by('a')] });
      await saveOne({ samples: [...by('b'), ...by('c'), ...samplesOf(bug, 1)] });
      expect((await issueOf(issueId)).userCount).toBe(3);
    });

    it('stores texts that databases do not like', async ({ store, bug, saveOne, issueOf }) => {
      const nasty = `NUL \u0000 💥 half \ud83d ${'💥'.repeat(10_000)}`;
      const { issueId } = await saveOne({
        ...{ title: nasty, culprit: nasty, type: nasty, release: nasty, samples: samplesOf(nasty, 1) },
        fingerprint: { hash: hashOf(bug), algorithm: nasty, key: nasty },
      });
      const issue = await issueOf(issueId);
      expect(issue.title.startsWith('NUL \ufffd 💥 half \ufffd 💥💥')).toBe(true);
      expect(issue.title).not.toMatch(/\p{Surrogate}/u);
      expect(Array.from(issue.title).length).toBeLessThanOrEqual(1000);
      await store.changeStatus(issueId, {
        from: 'open',
        status: 'muted',
        kind: 'muted',
        actor: nasty,
        at: NOON,
      });
      expect(await store.getActivity(issueId, 5)).toHaveLength(2);
    });

    it('stores numbers that no column holds', async ({ saveOne, issueOf }) => {
      const { issueId } = await saveOne({
        count: 2,
        firstSeen: NaN,
        lastSeen: Infinity,
        hours: new Map([[NaN, 2]]),
      });
      expect((await issueOf(issueId)).eventCount).toBe(2);
    });

    it('tells titles apart that differ by accent, case or emoji only', async ({ bug, save }) => {
      const titles = ['e', 'é', 'E', '💥', '🔥', 'e '];
      const outcomes = await save(...titles.map((each) => aDelta(`${bug} ${each}`)));
      expect(new Set(outcomes.map(({ issueId }) => issueId)).size).toBe(6);
    });
  });
}
