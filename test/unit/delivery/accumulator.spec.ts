import { Accumulator } from '../../../lib/delivery/accumulator.js';
import { EventCounters } from '../../../lib/delivery/event-counters.js';
import type { EventDraft } from '../../../lib/event/error-event.js';
import type { LimitOptions } from '../../../lib/options/limit-options.js';
import type { SaveOutcome } from '../../../lib/storage/event-store.js';
import { draftOf, optionsWith } from '../../support/events.js';

const HOUR = 3_600_000;

let counters: EventCounters;

function accumulator(limits: LimitOptions = {}): Accumulator {
  counters = new EventCounters();
  return new Accumulator(counters, optionsWith({ limits }));
}

function bug(name: string, changes: Partial<EventDraft> = {}): EventDraft {
  return draftOf({ fingerprint: { hash: name.padEnd(64, '0'), algorithm: 'v1', key: name }, ...changes });
}

/** What the pipeline does with an event. Returns whether it is urgent. */
function happen(to: Accumulator, event: EventDraft): boolean {
  const fingerprint = to.fingerprintFor(event.fingerprint, 'Error');
  if (to.wantsSample(fingerprint.hash)) return to.add({ ...event, fingerprint });
  to.count(fingerprint.hash, event.at);
  return false;
}

describe('Accumulator', () => {
  it('counts every event exactly and keeps the first 20 as samples', () => {
    const events = accumulator();
    for (let index = 0; index < 1000; index++) happen(events, bug('a'));
    const [delta] = events.takePending();
    expect(delta?.count).toBe(1000);
    expect(delta?.samples).toHaveLength(20);
  });

  it('lets the samples stand for all events', () => {
    const events = accumulator();
    for (let index = 0; index < 1000; index++) happen(events, bug('a'));
    const weights = events.takePending()[0]?.samples.map(({ weight }) => weight) ?? [];
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(1000);
  });

  it('goes on counting a known bug after it was taken, without a new sample', () => {
    const events = accumulator();
    for (let index = 0; index < 20; index++) happen(events, bug('a'));
    events.takePending();
    happen(events, bug('a'));
    expect(events.takePending()).toMatchObject([{ count: 1, samples: [], title: 'card declined' }]);
    expect(events.takePending()).toEqual([]);
  });

  it('is urgent about a bug it has not seen, and only then', () => {
    const events = accumulator();
    const urgency = [happen(events, bug('a')), happen(events, bug('a'))];
    events.takePending();
    urgency.push(happen(events, bug('a')), happen(events, bug('b')));
    expect(urgency).toEqual([true, false, false, true]);
  });

  it('hands bugs over in the order of their fingerprints', () => {
    const events = accumulator();
    for (const name of ['c', 'a', 'b']) happen(events, bug(name));
    expect(events.takePending().map(({ fingerprint }) => fingerprint.key)).toEqual(['a', 'b', 'c']);
  });

  it('keeps first and last seen when the clock is set back', () => {
    const events = accumulator();
    for (const at of [5 * HOUR, 3 * HOUR, 4 * HOUR]) happen(events, bug('a', { at }));
    expect(events.takePending()[0]).toMatchObject({ firstSeen: 3 * HOUR, lastSeen: 5 * HOUR });
  });

  it('counts events by the hour', () => {
    const events = accumulator();
    for (const at of [0, HOUR - 1, HOUR]) happen(events, bug('a', { at }));
    expect(events.takePending()[0]?.hours).toEqual(
      new Map([
        [0, 2],
        [HOUR, 1],
      ]),
    );
  });

  it('describes a bug by its newest event', () => {
    const events = accumulator();
    for (const value of ['first', 'second\nwith a stack']) {
      happen(events, bug('a', { exceptions: [{ type: 'Error', value, facts: {}, frames: [] }] }));
    }
    expect(events.takePending()[0]?.title).toBe('second');
  });

  it('counts what it drops when too many different bugs wait', () => {
    const events = accumulator({ pendingIssues: 2 });
    for (const name of ['a', 'b', 'c', 'c', 'a']) happen(events, bug(name));
    expect(events.takePending().map(({ count }) => count)).toEqual([2, 1]);
    expect(counters.dropped.byReason()).toEqual({ pending_issues: 2 });
    expect(counters.received).toBe(5);
  });

  it('counts the bytes of what was drained until it is released', () => {
    const events = accumulator({ pendingBytes: 65_536 });
    happen(events, bug('a', { message: 'x'.repeat(40_000) }));
    events.takePending();
    expect(events.bytes).toBeGreaterThan(40_000);
    happen(events, bug('b', { message: 'x'.repeat(40_000) }));
    expect(counters.droppedDetails.byReason()).toEqual({ pending_bytes: 1 });
    events.forgetTaken();
    expect(events.bytes).toBe(0);
  });

  describe('while too many bugs are new', () => {
    const outcome = (name: string, created: boolean): SaveOutcome => ({
      fingerprint: name.padEnd(64, '0'),
      issueId: 1,
      status: 'open',
      created,
      regressed: false,
      regressions: 0,
    });
    const keys = (events: Accumulator) => events.takePending().map(({ fingerprint }) => fingerprint.key);
    const overflow = expect.stringContaining('overflow');

    it('keeps the place of a bug that this process made the issue of, flush after flush', () => {
      const events = accumulator({ newIssuesPerMinute: 1 });
      for (const created of [true, false]) {
        happen(events, bug('a'));
        expect(keys(events)).toEqual(['a']);
        events.learn(outcome('a', created));
      }
      happen(events, bug('b'));
      expect(keys(events)).toEqual([overflow]);
    });

    it('gives the place of a bug that had an issue to the next one', () => {
      const events = accumulator({ newIssuesPerMinute: 1 });
      happen(events, bug('a'));
      events.learn(outcome('a', false));
      for (const name of ['b', 'c', 'a']) happen(events, bug(name));
      expect(keys(events).sort()).toEqual(['a', 'b', overflow]);
    });
  });

  it('goes on counting and drops details when the samples grow too large', () => {
    const events = accumulator({ pendingBytes: 65_536 });
    for (let index = 0; index < 10; index++) happen(events, bug('a', { message: 'x'.repeat(30_000) }));
    const [delta] = events.takePending();
    expect(delta?.count).toBe(10);
    expect(delta?.samples.length).toBe(2);
    expect(counters.droppedDetails.byReason()).toEqual({ pending_bytes: 8 });
    expect(counters.dropped.byReason()).toEqual({});
  });
});
