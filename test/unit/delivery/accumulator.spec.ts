import { Accumulator } from '../../../lib/delivery/accumulator.js';
import type { EventDraft } from '../../../lib/event/error-event.js';
import type { LimitOptions } from '../../../lib/options/limit-options.js';
import { draftOf, optionsWith } from '../../support/events.js';

const HOUR = 3_600_000;

function accumulator(limits: LimitOptions = {}): Accumulator {
  return new Accumulator(optionsWith({ limits }));
}

function bug(name: string, changes: Partial<EventDraft> = {}): EventDraft {
  return draftOf({ fingerprint: { hash: name.padEnd(64, '0'), algorithm: 'v1', key: name }, ...changes });
}

/** What the pipeline does with an event. */
function happen(to: Accumulator, event: EventDraft): void {
  if (to.wantsSample(event.fingerprint.hash)) to.add(event);
  else to.count(event.fingerprint.hash, event.at);
}

describe('Accumulator', () => {
  it('counts every event exactly and keeps the first 20 as samples', () => {
    const events = accumulator();
    for (let index = 0; index < 1000; index++) happen(events, bug('a'));
    const [delta] = events.take();
    expect(delta?.count).toBe(1000);
    expect(delta?.samples).toHaveLength(20);
  });

  it('lets the samples stand for all events', () => {
    const events = accumulator();
    for (let index = 0; index < 1000; index++) happen(events, bug('a'));
    const weights = events.take()[0]?.samples.map(({ weight }) => weight) ?? [];
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(1000);
  });

  it('goes on counting a known bug after it was taken, without a new sample', () => {
    const events = accumulator();
    for (let index = 0; index < 20; index++) happen(events, bug('a'));
    events.take();
    happen(events, bug('a'));
    expect(events.take()).toMatchObject([{ count: 1, samples: [], title: 'card declined' }]);
    expect(events.take()).toEqual([]);
  });

  it('is urgent about a bug it has not seen, and only then', () => {
    const events = accumulator();
    const urgency: boolean[] = [];
    events.onPending = (urgent) => urgency.push(urgent);
    happen(events, bug('a'));
    happen(events, bug('a'));
    events.take();
    happen(events, bug('a'));
    happen(events, bug('b'));
    expect(urgency).toEqual([true, false, false, true]);
  });

  it('hands bugs over in the order of their fingerprints', () => {
    const events = accumulator();
    for (const name of ['c', 'a', 'b']) happen(events, bug(name));
    expect(events.take().map(({ fingerprint }) => fingerprint.key)).toEqual(['a', 'b', 'c']);
  });

  it('keeps first and last seen when the clock is set back', () => {
    const events = accumulator();
    for (const at of [5 * HOUR, 3 * HOUR, 4 * HOUR]) happen(events, bug('a', { at }));
    expect(events.take()[0]).toMatchObject({ firstSeen: 3 * HOUR, lastSeen: 5 * HOUR });
  });

  it('counts events by the hour', () => {
    const events = accumulator();
    for (const at of [0, HOUR - 1, HOUR]) happen(events, bug('a', { at }));
    expect(events.take()[0]?.hours).toEqual(
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
    expect(events.take()[0]?.title).toBe('second');
  });

  it('counts what it drops when too many different bugs wait', () => {
    const events = accumulator({ pendingIssues: 2 });
    for (const name of ['a', 'b', 'c', 'c', 'a']) happen(events, bug(name));
    expect(events.take().map(({ count }) => count)).toEqual([2, 1]);
    expect(events.dropped.byReason()).toEqual({ pending_issues: 2 });
    expect(events.received).toBe(5);
  });

  it('counts the bytes of what was taken until it is settled', () => {
    const events = accumulator({ pendingBytes: 65_536 });
    happen(events, bug('a', { message: 'x'.repeat(40_000) }));
    events.take();
    expect(events.bytes).toBeGreaterThan(40_000);
    happen(events, bug('b', { message: 'x'.repeat(40_000) }));
    expect(events.droppedDetails.byReason()).toEqual({ pending_bytes: 1 });
    events.settled();
    expect(events.bytes).toBe(0);
  });

  it('goes on counting and drops details when the samples grow too large', () => {
    const events = accumulator({ pendingBytes: 65_536 });
    for (let index = 0; index < 10; index++) happen(events, bug('a', { message: 'x'.repeat(30_000) }));
    const [delta] = events.take();
    expect(delta?.count).toBe(10);
    expect(delta?.samples.length).toBe(2);
    expect(events.droppedDetails.byReason()).toEqual({ pending_bytes: 8 });
    expect(events.dropped.byReason()).toEqual({});
  });
});
