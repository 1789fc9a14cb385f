import { randomUUID } from 'node:crypto';
import { InvalidCursorError } from '../errors/invalid-cursor.error.js';
import type {
  EventStore,
  IssueQuery,
  NewOutboxEntry,
  RetentionRules,
  SaveOutcome,
} from '../storage/event-store.js';
import type { Issue } from '../event/issue.js';
import { userKey } from '../storage/user-key.js';
import type { TestFramework } from './test-framework.js';
import { aBatch, aDelta, anEvent, hashOf, NOON, samplesOf } from './deltas.js';

export interface StoreFixture {
  /** One more store on the same database, with connections of its own, as another process would have. Not open. */
  another(): EventStore;
  /** Closes every store and removes the database. */
  cleanUp(): Promise<void>;
}

const HOUR = 3_600_000;
const noAlerts = () => [];

function alertForNew({ created, issueId, eventId }: SaveOutcome): NewOutboxEntry[] {
  if (!created) return [];
  return [
    {
      dedupeKey: `new-issue:${String(issueId)}`,
      channel: 'notifier:test',
      kind: 'new-issue',
      issueId,
      ...(eventId === undefined ? {} : { eventId }),
    },
  ];
}

function alertForBack({ regressed, issueId, regressions }: SaveOutcome): NewOutboxEntry[] {
  if (!regressed) return [];
  const dedupeKey = `regression:${String(issueId)}:${String(regressions)}`;
  return [{ dedupeKey, channel: 'notifier:test', kind: 'regression', issueId }];
}

/**
 * Registers the tests of what every `EventStore` promises, about 45 of them, for a store of your own.
 *
 * @param framework by default the globals that Jest and, with `globals: true`, Vitest put there
 */
export function eventStoreContract(
  name: string,
  makeFixture: () => Promise<StoreFixture>,
  framework: TestFramework = globalThis as unknown as TestFramework,
): void {
  const { describe, it, expect, beforeAll, beforeEach, afterAll } = framework;
  describe(`${name} as event store`, () => {
    let fixture: StoreFixture;
    let store: EventStore;
    let bug: string;

    beforeAll(async () => {
      fixture = await makeFixture();
      store = fixture.another();
      await store.open();
    });
    beforeEach(() => {
      bug = `bug ${randomUUID()}`;
    });
    afterAll(() => fixture.cleanUp());

    const save = (...deltas: Parameters<typeof aBatch>) => store.save(aBatch(...deltas), noAlerts);
    const saveOne = async (facts: Parameters<typeof aDelta>[1] = {}) => {
      const [outcome] = await save(aDelta(bug, facts));
      return present(outcome);
    };
    const hoursOf = async (id: number, since = 0): Promise<ReadonlyMap<number, number>> =>
      (await store.getHours([id], since)).get(id) ?? new Map();
    const issueOf = async (id: number) => present(await store.getIssue(id));

    it('opens a second time without harm', async () => {
      await store.open();
      const outcome = await saveOne();
      expect(outcome.created).toBe(true);
    });

    it('creates an issue for a fingerprint it has not seen, once', async () => {
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

    it('leaves a bug in its issue when another algorithm takes over, in every process', async () => {
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

    it('makes a new issue for an algorithm whose former hashes nobody knows', async () => {
      const fingerprint = { hash: hashOf(bug), algorithm: 'v2', key: bug, former: [hashOf(`${bug} v1`)] };
      const [outcome] = await save(aDelta(bug, { fingerprint }));
      expect(outcome).toMatchObject({ created: true });
    });

    it('keeps what the newest event says about itself, in whatever order batches arrive', async () => {
      const { issueId } = await saveOne({ lastSeen: NOON + 10, title: 'middle', release: '1.1' });
      await saveOne({ lastSeen: NOON + 20, title: 'newest', level: 'fatal', type: 'T2', release: '1.2' });
      await saveOne({ lastSeen: NOON + 5, title: 'older', release: '1.0' });
      expect(await issueOf(issueId)).toMatchObject({
        ...{ title: 'newest', level: 'fatal', type: 'T2' },
        ...{ firstRelease: '1.1', lastRelease: '1.2' },
        ...{ firstSeen: NOON + 5, lastSeen: NOON + 20 },
      });
    });

    it('keeps the release it knows when the newest event tells of none', async () => {
      const { issueId } = await saveOne({ lastSeen: NOON, release: '1.0' });
      await saveOne({ lastSeen: NOON + 1, title: 'newest' });
      expect(await issueOf(issueId)).toMatchObject({ title: 'newest', lastRelease: '1.0' });
    });

    it('never moves lastSeen back or firstSeen forward when a clock runs backwards', async () => {
      const { issueId } = await saveOne({ firstSeen: NOON, lastSeen: NOON + 60_000 });
      await saveOne({ firstSeen: NOON - HOUR, lastSeen: NOON - HOUR });
      await saveOne({ firstSeen: NOON + 1000, lastSeen: NOON + 2000 });
      expect(await issueOf(issueId)).toMatchObject({ firstSeen: NOON - HOUR, lastSeen: NOON + 60_000 });
    });

    it('goes by the next event when the last one came from a clock days ahead', async () => {
      const now = Date.now();
      const { issueId } = await saveOne({ lastSeen: now + 300 * 24 * HOUR, title: 'ahead' });
      await saveOne({ lastSeen: now, title: 'now' });
      expect(await issueOf(issueId)).toMatchObject({ title: 'now', firstSeen: now, lastSeen: now });
    });

    it('adds up the events of every hour', async () => {
      const hours = (...entries: [number, number][]) => new Map(entries);
      const { issueId } = await saveOne({ count: 5, hours: hours([NOON, 2], [NOON + HOUR, 3]) });
      await saveOne({ count: 4, hours: hours([NOON + HOUR, 4]) });
      expect(await hoursOf(issueId)).toEqual(hours([NOON, 2], [NOON + HOUR, 7]));
      expect(await hoursOf(issueId, NOON + 1)).toEqual(hours([NOON + HOUR, 7]));
      const other = await save(aDelta(`${bug} other`, { count: 4 }));
      const ids = [issueId, present(other[0]).issueId, 999_999_999, -1];
      expect(await store.getHours(ids, 0)).toEqual(
        new Map([
          [issueId, hours([NOON, 2], [NOON + HOUR, 7])],
          [present(other[0]).issueId, hours([NOON, 4])],
        ]),
      );
      expect(await store.getHours([], 0)).toEqual(new Map());
    });

    it('saves many bugs of one batch, each with its own facts', async () => {
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

    it('recognises a batch that was saved already', async () => {
      const batch = aBatch(aDelta(bug, { count: 2, samples: samplesOf(bug, 1) }));
      const [outcome] = await store.save(batch, noAlerts);
      expect(await store.save(batch, noAlerts)).toEqual([]);
      expect(await issueOf(present(outcome).issueId)).toMatchObject({ eventCount: 2, storedCount: 1 });
    });

    it('saves nothing of a batch when something in it fails', async () => {
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

    it('shows a batch to readers as a whole or not at all, and takes several at once', async () => {
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

    describe('states', () => {
      it('reopens a resolved issue once and counts the regression', async () => {
        const { issueId } = await saveOne();
        const resolved = await store.changeStatus(issueId, {
          ...{ from: 'open', status: 'resolved', kind: 'resolved', actor: 'ops', at: NOON + 1 },
        });
        expect(resolved).toMatchObject({ id: issueId, status: 'resolved' });
        expect(await saveOne()).toMatchObject({ regressed: true, status: 'open', regressions: 1 });
        expect(await saveOne()).toMatchObject({ regressed: false, status: 'open', regressions: 1 });
        expect(await issueOf(issueId)).toMatchObject({ status: 'open', regressions: 1, eventCount: 3 });
      });

      it('leaves a muted issue muted', async () => {
        const { issueId } = await saveOne();
        await store.changeStatus(issueId, { from: 'open', status: 'muted', kind: 'muted', at: NOON });
        expect(await saveOne()).toMatchObject({ regressed: false, status: 'muted' });
      });

      it('writes the history, newest first', async () => {
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

      it('knows nothing of an issue that is not there', async () => {
        for (const id of [-1, 0, 1.5, NaN, 999_999_999, 2 ** 40]) {
          expect(await store.getIssue(id)).toBeUndefined();
          expect(
            await store.changeStatus(id, { from: 'resolved', status: 'open', kind: 'reopened', at: 1 }),
          ).toBeUndefined();
          expect(await store.deleteIssue(id)).toBe(false);
          expect((await store.findEvents(id, 10)).items).toEqual([]);
        }
      });
    });

    describe('events', () => {
      it('keeps samples with number, weight and everything in them', async () => {
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

      it('keeps an event of 32 KiB and more that consists of emoji', async () => {
        const event = anEvent(bug, { contexts: { large: { text: '💥'.repeat(25_000) } } });
        await saveOne({ samples: [{ event, weight: 1 }] });
        expect((await store.getEvent(event.id))?.event.contexts).toEqual(event.contexts);
      });

      it('numbers them across batches and pages through them, newest first', async () => {
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

      it('knows the neighbours of an event', async () => {
        const samples = samplesOf(bug, 4);
        const { issueId } = await saveOne({ samples });
        const [a, b, c, d] = samples.map(({ event }) => event.id);
        expect(await store.getNeighbours(issueId, 1)).toEqual({ next: b, last: d });
        expect(await store.getNeighbours(issueId, 3)).toEqual({ first: a, previous: b, next: d, last: d });
        expect(await store.getNeighbours(issueId, 4)).toEqual({ first: a, previous: c });
      });

      it('finds no event by an id that none can have', async () => {
        for (const id of ['', randomUUID(), "' OR 1=1 --", 'x'.repeat(1000), '\u0000', '\ud83d']) {
          expect(await store.getEvent(id)).toBeUndefined();
        }
      });

      it('counts each user once', async () => {
        const by = (id: string) => samplesOf(bug, 1, { user: { id } });
        const { issueId } = await saveOne({ samples: [...by('a'), ...by('b'), ...by('a')] });
        await saveOne({ samples: [...by('b'), ...by('c'), ...samplesOf(bug, 1)] });
        expect((await issueOf(issueId)).userCount).toBe(3);
      });
    });

    describe('lists', () => {
      it('pages through issues that were last seen at the same moment, each once', async () => {
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

      it('sorts by each order, descending', async () => {
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

      it('takes every character of a search literally and ignores case', async () => {
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

      it('searches type and culprit too', async () => {
        await saveOne({ type: `Type-${bug}`, culprit: `Culprit-${bug}`, title: 'x' });
        expect(await allIssues({ search: `type-${bug}`, limit: 5 })).toHaveLength(1);
        expect(await allIssues({ search: `culprit-${bug}`, limit: 5 })).toHaveLength(1);
      });

      it('counts the issues of each state for the same search', async () => {
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

      it('shows each issue as reading it alone does', async () => {
        const { issueId } = await saveOne({ samples: samplesOf(bug, 1), release: '1.0' });
        const [item] = await allIssues({ search: bug, limit: 5 });
        expect(item).toEqual(await issueOf(issueId));
        expect(item).toMatchObject({ groupingKey: `Error\n${bug}`, handled: false, source: 'http' });
      });

      it('refuses a cursor it did not hand out', async () => {
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

      it('bounds the size of a page whatever is asked for', async () => {
        await save(...Array.from({ length: 210 }, (_, index) => aDelta(`${bug} ${String(index)}`)));
        expect((await store.findIssues({ search: bug, limit: 1e9 })).items).toHaveLength(200);
        for (const limit of [0, -1, NaN]) {
          expect((await store.findIssues({ search: bug, limit })).items).toHaveLength(1);
        }
      });

      it('orders by nothing but the known columns', async () => {
        await saveOne();
        const sort = 'id; DROP TABLE error_tracker_issue' as 'lastSeen';
        expect((await store.findIssues({ search: bug, sort, limit: 5 })).items).toHaveLength(1);
      });
    });

    it('stores texts that databases do not like', async () => {
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

    it('stores numbers that no column holds', async () => {
      const { issueId } = await saveOne({
        count: 2,
        firstSeen: NaN,
        lastSeen: Infinity,
        hours: new Map([[NaN, 2]]),
      });
      expect((await issueOf(issueId)).eventCount).toBe(2);
    });

    it('tells titles apart that differ by accent, case or emoji only', async () => {
      const titles = ['e', 'é', 'E', '💥', '🔥', 'e '];
      const outcomes = await save(...titles.map((each) => aDelta(`${bug} ${each}`)));
      expect(new Set(outcomes.map(({ issueId }) => issueId)).size).toBe(6);
    });

    describe('deletion', () => {
      it('removes an issue with everything that hangs on it', async () => {
        const samples = samplesOf(bug, 450, { user: { id: 'u' } });
        const { issueId } = await saveOne({ samples });
        expect(await store.deleteIssue(issueId)).toBe(true);
        expect(await store.getIssue(issueId)).toBeUndefined();
        expect(await store.getEvent(present(samples[0]).event.id)).toBeUndefined();
        expect((await hoursOf(issueId)).size).toBe(0);
        expect(await store.getActivity(issueId, 10)).toEqual([]);
        expect(await store.deleteIssue(issueId)).toBe(false);
      });

      it('makes a new issue when a deleted one comes back, in every process that knew it', async () => {
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

    describe('retention', () => {
      const DAY = 24 * HOUR;
      const NOW = NOON + 40 * DAY;
      const rules: RetentionRules = {
        eventDays: 30,
        eventsPerIssue: 10,
        events: 1_000_000,
        quietIssueDays: 90,
        hourlyDays: 30,
        dailyDays: 365,
      };
      const prune = async (changes: Partial<RetentionRules> = {}, now = NOW) => {
        const all = { events: 0, issues: 0 };
        for (let runs = 0; runs < 50; runs += 1) {
          const report = present(await store.prune({ ...rules, ...changes }, 'tester', now));
          all.events += report.events;
          all.issues += report.issues;
          if (report.finished) return all;
        }
        throw new Error('It never came to an end.');
      };
      const keptOf = async (id: number) =>
        (await store.findEvents(id, 200)).items.map(({ event }) => event.id).reverse();

      it('deletes events by age, and counts them off', async () => {
        const old = samplesOf(bug, 3, { at: NOW - 31 * DAY });
        const young = samplesOf(bug, 2, { at: NOW - 29 * DAY });
        const { issueId } = await saveOne({ samples: [...old, ...young] });
        await prune();
        expect(await keptOf(issueId)).toEqual(young.map(({ event }) => event.id));
        expect(await issueOf(issueId)).toMatchObject({ storedCount: 2, eventCount: 5 });
        await saveOne({ samples: samplesOf(bug, 1, { at: NOW }) });
        const [newest] = (await store.findEvents(issueId, 1)).items;
        expect(newest?.seq).toBe(6);
      });

      it('trims an issue to its share: the first, the newest, and some of all times between', async () => {
        const samples = samplesOf(bug, 60, { at: NOW });
        const ids = samples.map(({ event }) => event.id);
        const { issueId } = await saveOne({ samples });
        await prune();
        const kept = await keptOf(issueId);
        expect(kept).toHaveLength(10);
        expect(kept[0]).toBe(ids[0]);
        expect(kept.slice(5)).toEqual(ids.slice(-5));
        expect(kept.slice(1, 5).every((id) => ids.indexOf(id) < 55)).toBe(true);
        expect(await issueOf(issueId)).toMatchObject({ storedCount: 10, eventCount: 60 });
        expect(await prune()).toEqual({ events: 0, issues: 0 });
      });

      it('keeps an event of every time an issue came back', async () => {
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
        await prune();
        const kept = await keptOf(issueId);
        expect(kept).toHaveLength(10);
        expect(comebacks.filter((id) => !kept.includes(id))).toEqual([]);
      });

      it('keeps the first event of every release', async () => {
        const releases = ['1.0', '1.1', '1.2', '1.3'];
        const samples = releases.flatMap((release, index) =>
          samplesOf(bug, index === 1 ? 1 : 30, { at: NOW, release }),
        );
        const { issueId } = await saveOne({ samples });
        await prune();
        const kept = (await store.findEvents(issueId, 200)).items.map(({ seq }) => seq).reverse();
        expect(kept).toHaveLength(10);
        expect([1, 31, 32, 62, 91].filter((seq) => !kept.includes(seq))).toEqual([]);
      });

      it('keeps the first and the newest where there is no place for more', async () => {
        const samples = [...samplesOf(bug, 5, { release: '1.0' }), ...samplesOf(bug, 5, { release: '2.0' })];
        const { issueId } = await saveOne({ samples, lastSeen: NOW });
        await prune({ eventsPerIssue: 2, eventDays: 365 });
        expect((await store.findEvents(issueId, 200)).items.map(({ seq }) => seq)).toEqual([10, 1]);
      });

      it('keeps the whole within its bound, at the cost of the fullest issues', async () => {
        const [noisy] = await save(aDelta(`${bug} noisy`, { samples: samplesOf(bug, 80, { at: NOW }) }));
        const [rare] = await save(aDelta(`${bug} rare`, { samples: samplesOf(bug, 2, { at: NOW }) }));
        const others = (await allIssues({ limit: 200 })).reduce((sum, one) => sum + one.storedCount, 0) - 82;
        await prune({ eventsPerIssue: 1000, events: others + 40 });
        expect((await issueOf(present(rare).issueId)).storedCount).toBe(2);
        expect((await issueOf(present(noisy).issueId)).storedCount).toBeLessThanOrEqual(40);
      });

      it('removes what was resolved and has been quiet for long, and nothing that is open or muted', async () => {
        const [open] = await save(aDelta(`${bug} open`));
        const [resolved] = await save(aDelta(`${bug} resolved`));
        const [muted] = await save(aDelta(`${bug} muted`));
        const [recent] = await save(aDelta(`${bug} recent`, { lastSeen: NOON + 20 * DAY }));
        const settle = (id: number, status: 'resolved' | 'muted') =>
          store.changeStatus(id, { from: 'open', status, kind: status, at: NOON });
        await settle(present(resolved).issueId, 'resolved');
        await settle(present(muted).issueId, 'muted');
        await settle(present(recent).issueId, 'resolved');
        await prune({}, NOON + 95 * DAY);
        expect(await store.getIssue(present(resolved).issueId)).toBeUndefined();
        for (const outcome of [open, recent]) {
          expect(await store.getIssue(present(outcome).issueId)).toBeDefined();
        }
        // Deleted, it would be a new issue the next time, and alert.
        expect(await issueOf(present(muted).issueId)).toMatchObject({ status: 'muted' });
        expect((await save(aDelta(`${bug} resolved`)))[0]).toMatchObject({ created: true });
      });

      it('counts the quiet of an old issue from when somebody resolved it', async () => {
        const { issueId } = await saveOne();
        const at = NOON + 200 * DAY;
        await store.changeStatus(issueId, { from: 'open', status: 'resolved', kind: 'resolved', at });
        await prune({}, at + 89 * DAY);
        expect(await issueOf(issueId)).toMatchObject({ status: 'resolved' });
        await prune({}, at + 91 * DAY);
        expect(await store.getIssue(issueId)).toBeUndefined();
      });

      it('leaves an issue alone that comes back while it is at work', async () => {
        const names = Array.from({ length: 40 }, (_, index) => `${bug} ${String(index)}`);
        const quiet = await save(...names.map((each) => aDelta(each, { samples: samplesOf(each, 6) })));
        for (const { issueId } of quiet) {
          await store.changeStatus(issueId, { from: 'open', status: 'resolved', kind: 'resolved', at: NOON });
        }
        const later = NOON + 95 * DAY;
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
        const [outcomes] = await Promise.all([comeBack(), prune({ eventDays: 365 }, later)]);
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

      it('reports the events that went with their issues, however many they were', async () => {
        const generous = { eventDays: 365, eventsPerIssue: 1000 };
        await prune(generous, NOON + 95 * DAY);
        const { issueId } = await saveOne({ samples: samplesOf(bug, 450) });
        await store.changeStatus(issueId, { from: 'open', status: 'resolved', kind: 'resolved', at: NOON });
        expect(await prune(generous, NOON + 95 * DAY)).toEqual({ events: 450, issues: 1 });
      });

      it('makes days of old hours, and forgets them after a year', async () => {
        const midnight = NOON - 12 * HOUR;
        const hours = new Map([
          [midnight + HOUR, 2],
          [NOON, 3],
          [NOON + DAY, 5],
          [NOW - HOUR, 7],
        ]);
        const { issueId } = await saveOne({ count: 17, hours });
        const expected = [
          [midnight, 5],
          [midnight + DAY, 5],
          [NOW - HOUR, 7],
        ];
        for (let time = 0; time < 2; time += 1) {
          await prune();
          expect([...(await hoursOf(issueId))]).toEqual(expected);
        }
        await saveOne({ count: 1, hours: new Map([[NOON + HOUR, 1]]) });
        await prune();
        expect((await hoursOf(issueId)).get(midnight)).toBe(6);
        await prune({}, NOON + 367 * DAY);
        expect([...(await hoursOf(issueId)).keys()]).toEqual([NOW - 12 * HOUR]);
      });

      it('goes on when a process with a clock far ahead was at it', async () => {
        const generous = { ...rules, eventDays: 36_500, quietIssueDays: 36_500, dailyDays: 36_500 };
        expect(await store.prune(generous, 'ahead', NOW + 3650 * DAY)).toMatchObject({ finished: true });
        expect(await store.prune(generous, 'right', NOW)).toMatchObject({ finished: true });
      });

      it('is harmless beside writers and other pruners', async () => {
        const others = Array.from({ length: 3 }, () => fixture.another());
        await Promise.all(others.map((each) => each.open()));
        const { issueId } = await saveOne({ samples: samplesOf(bug, 30, { at: NOW }), count: 30 });
        const write = async (each: EventStore, index: number) => {
          for (let round = 0; round < 8; round += 1) {
            const samples = samplesOf(bug, 5, { at: round % 2 ? NOW : NOW - 31 * DAY });
            await each.save(
              { ...aBatch(aDelta(bug, { samples })), instance: `writer-${String(index)}` },
              noAlerts,
            );
          }
        };
        await Promise.all([
          ...others.map(write),
          ...others.map((each, index) => each.prune(rules, `pruner-${String(index)}`, NOW)),
          store.prune(rules, 'tester', NOW),
        ]);
        for (const each of [store, ...others]) await each.prune(rules, 'last', NOW + 10 * 60_000);
        const issue = await issueOf(issueId);
        const kept = await keptOf(issueId);
        expect(issue).toMatchObject({ eventCount: 150, storedCount: kept.length });
        expect(kept.length).toBeLessThanOrEqual(12);
      });

      it('erases all events of a user, and no others', async () => {
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

      it('erases events by whom they stand for, and by the id that stands in them', async () => {
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

      it('knows nothing any more of whom an issue met once they were erased', async () => {
        const { issueId } = await saveOne({
          count: 2,
          users: [userKey(`ada ${bug}`), userKey(`bob ${bug}`)],
        });
        expect(await store.eraseUser(`ada ${bug}`)).toBe(0);
        await saveOne({ users: [userKey(`bob ${bug}`)] });
        expect((await issueOf(issueId)).userCount).toBe(2);
        // Counted once more, because nothing is left to tell that it is the same person.
        await saveOne({ users: [userKey(`ada ${bug}`)] });
        expect((await issueOf(issueId)).userCount).toBe(3);
      });

      it('counts users whose events are not kept', async () => {
        const { issueId } = await saveOne({ count: 5, users: ['u1', 'u2', 'u3'] });
        await saveOne({ count: 2, users: ['u3', 'u4'] });
        expect((await issueOf(issueId)).userCount).toBe(4);
      });
    });

    describe('outbox', () => {
      const NOW = Date.UTC(2027, 0, 1);
      const claimAll = async (from: EventStore, now = NOW, until = now + 60_000) =>
        from.claimOutbox(1000, now, until);

      beforeEach(async () => {
        for (const entry of await claimAll(store, NOW * 2))
          await store.settleOutbox(entry, { sent: true }, NOW);
      });

      it('holds the alerts of a batch, each once', async () => {
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

      it('hands each entry to exactly one of several claimers', async () => {
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

      it('gives an entry out again when its claimer did not come back', async () => {
        await store.save(aBatch(aDelta(bug)), alertForNew);
        const [lost] = await claimAll(store, NOW, NOW + 1000);
        expect(await claimAll(store, NOW + 999)).toEqual([]);
        const [again] = await claimAll(store, NOW + 1000);
        expect(again).toMatchObject({ id: present(lost).id, attempts: 2 });
        // The first claimer's late failure must not disturb the second one's attempt.
        await store.settleOutbox(present(lost), { sent: false, error: 'late', retryAt: NOW }, NOW + 1001);
        expect(await claimAll(store, NOW + 1002)).toEqual([]);
      });

      it('hands out first what is due the longest', async () => {
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

      it('tries a failed entry again when it is due, and gives up when told to', async () => {
        const [outcome] = await store.save(aBatch(aDelta(bug)), alertForNew);
        const { issueId } = present(outcome);
        const [entry] = await claimAll(store);
        await store.settleOutbox(
          present(entry),
          { sent: false, error: 'no route', retryAt: NOW + 5000 },
          NOW,
        );
        expect(await claimAll(store, NOW + 4999)).toEqual([]);
        const [second] = await claimAll(store, NOW + 5000);
        expect(second).toMatchObject({ id: present(entry).id, attempts: 2 });
        await store.settleOutbox(present(second), { sent: false, error: 'gone 💥'.repeat(500) }, NOW + 5001);
        expect(await claimAll(store, NOW * 2)).toEqual([]);
        const [activity] = await store.getActivity(issueId, 1);
        expect(activity).toMatchObject({ kind: 'alert_failed', at: NOW + 5001 });
        expect(activity?.detail).toContain('notifier:test: gone');
      });

      it('notes a sent alert, and a ticket on its issue', async () => {
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

      it('forgets the alerts of a deleted issue', async () => {
        const [outcome] = await store.save(aBatch(aDelta(bug)), alertForNew);
        const [entry] = await claimAll(store);
        await store.deleteIssue(present(outcome).issueId);
        await store.settleOutbox(present(entry), { sent: true }, NOW);
        expect(await claimAll(store, NOW * 2)).toEqual([]);
        expect(await store.getActivity(present(outcome).issueId, 5)).toEqual([]);
      });
    });

    describe('several processes', () => {
      const manyStores = async (n: number) => {
        const stores = Array.from({ length: n }, () => fixture.another());
        await Promise.all(stores.map((each) => each.open()));
        return stores;
      };

      it('prepare an empty database at the same time', async () => {
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

      it('make one issue of the same new bug, with the exact sum and one alert', async () => {
        const stores = await manyStores(8);
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

      it('announce one regression', async () => {
        const { issueId } = await saveOne();
        await store.changeStatus(issueId, { from: 'open', status: 'resolved', kind: 'resolved', at: NOON });
        const stores = await manyStores(6);
        const outcomes = await Promise.all(
          stores.map((each, index) =>
            each.save({ ...aBatch(aDelta(bug)), instance: `process-${String(index)}` }, noAlerts),
          ),
        );
        expect(outcomes.flat().filter(({ regressed }) => regressed)).toHaveLength(1);
        expect(await issueOf(issueId)).toMatchObject({ regressions: 1, eventCount: 7, status: 'open' });
      });
    });

    async function allIssues(query: IssueQuery): Promise<Issue[]> {
      const items: Issue[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.findIssues({ ...query, ...(cursor === undefined ? {} : { cursor }) });
        items.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      return items;
    }
  });
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('expected a value, got undefined');
  return value;
}
