import type { AlertDispatcher } from '../../../lib/alerting/alert-dispatcher.js';
import { AlertRules } from '../../../lib/alerting/alert-rules.js';
import { Accumulator } from '../../../lib/delivery/accumulator.js';
import { BatchSaver } from '../../../lib/delivery/batch-saver.js';
import { EventCounters } from '../../../lib/delivery/event-counters.js';
import type { SourceLines } from '../../../lib/delivery/source-lines.js';
import type { Fingerprint } from '../../../lib/event/fingerprint.js';
import { Notifier } from '../../../lib/notify/notifier.js';
import type { Batch, EventStore, SaveOutcome } from '../../../lib/storage/event-store.js';
import { aBatch, aDelta, anEvent, hashOf, samplesOf } from '../../../lib/testing/deltas.js';
import { MemoryEventStore } from '../../../lib/testing/memory-event.store.js';
import { optionsWith } from '../../support/events.js';

class Mail extends Notifier {
  readonly name = 'mail';
  override async notify(): Promise<void> {
    /* nobody sends anything here */
  }
}

const outcome = (changes: Partial<SaveOutcome>): SaveOutcome => ({
  fingerprint: hashOf('a'),
  issueId: 1,
  status: 'open',
  created: false,
  regressed: false,
  regressions: 0,
  ...changes,
});

/** Attempts of one transaction; the last one is committed, unless the store fails. */
function saverOn(attempts: readonly SaveOutcome[], failure?: Error) {
  const entries: number[] = [];
  const save: EventStore['save'] = async (_batch, alertsFor) => {
    for (const attempt of attempts) entries.push(alertsFor(attempt).length);
    if (failure) throw failure;
    return attempts.slice(-1);
  };
  const accumulator = new Accumulator(
    new EventCounters(),
    optionsWith({ limits: { newIssuesPerMinute: 1 } }),
  );
  const event = anEvent('a');
  accumulator.fingerprintFor(event.fingerprint, 'Error');
  accumulator.add(event);
  let wakes = 0;
  const saver = new BatchSaver(
    { save } as EventStore,
    { addTo: (batch: Batch) => batch } as unknown as SourceLines,
    accumulator,
    new AlertRules([new Mail()], []),
    { wake: () => (wakes += 1) } as unknown as AlertDispatcher,
  );
  const next: Fingerprint = { hash: hashOf('b'), algorithm: 'v1', key: 'b' };
  return {
    save: (quiet?: boolean) => saver.save(aBatch(aDelta('a', { quiet }))),
    entries,
    wakes: () => wakes,
    /** Whether one more bug may become an issue in this minute. */
    hasRoom: () => accumulator.fingerprintFor(next, 'Error') === next,
  };
}

describe('BatchSaver', () => {
  it('learns that an issue is new, and wakes those who alert', async () => {
    const made = saverOn([outcome({ created: true })]);
    await made.save();
    expect([made.entries, made.wakes(), made.hasRoom()]).toEqual([[1], 1, false]);
  });

  it('learns only what was committed when the store repeats its transaction', async () => {
    const made = saverOn([outcome({ created: true }), outcome({ created: false })]);
    await made.save();
    expect([made.entries, made.wakes(), made.hasRoom()]).toEqual([[1, 0], 0, true]);
  });

  it('learns nothing from a save that failed', async () => {
    const made = saverOn([outcome({ created: false })], new Error('connection lost'));
    await expect(made.save()).rejects.toThrow('connection lost');
    expect([made.wakes(), made.hasRoom()]).toEqual([0, false]);
  });

  it('learns nothing of a batch that the store had already', async () => {
    const made = saverOn([]);
    await made.save();
    expect([made.entries, made.wakes(), made.hasRoom()]).toEqual([[], 0, false]);
  });

  it('alerts of no issue whose events are all quiet', async () => {
    const made = saverOn([outcome({ created: true })]);
    await made.save(true);
    expect([made.entries, made.wakes()]).toEqual([[0], 0]);
  });
});

describe('BatchSaver on a store', () => {
  let store: MemoryEventStore;
  let woken: number;
  let saver: BatchSaver;

  beforeEach(async () => {
    store = new MemoryEventStore();
    await store.open();
    woken = 0;
    saver = new BatchSaver(
      store,
      {} as SourceLines,
      new Accumulator(new EventCounters(), optionsWith()),
      new AlertRules([new Mail()], []),
      { wake: () => (woken += 1) } as unknown as AlertDispatcher,
    );
  });

  const dueAlerts = () => store.claimOutbox(10, Date.now(), Date.now() + 1000);

  it('puts the alerts of new issues into the same save, and then wakes who sends them', async () => {
    await saver.save(aBatch(aDelta('one', { samples: samplesOf('one', 1) }), aDelta('two')));
    expect(await dueAlerts()).toMatchObject([
      { kind: 'new-issue', channel: 'notifier:mail' },
      { kind: 'new-issue', channel: 'notifier:mail' },
    ]);
    expect(woken).toBe(1);
  });

  it('wakes nobody for an issue that is known', async () => {
    await saver.save(aBatch(aDelta('one')));
    await saver.save(aBatch(aDelta('one')));
    expect(await dueAlerts()).toHaveLength(1);
    expect(woken).toBe(1);
  });

  it('alerts nobody of an issue of which no event is worth it, but of others beside it', async () => {
    await saver.save(aBatch(aDelta('quiet', { quiet: true })));
    expect(woken).toBe(0);
    await saver.save(aBatch(aDelta('silent', { quiet: true }), aDelta('loud')));
    const [entry, ...others] = await dueAlerts();
    expect(others).toEqual([]);
    expect(await store.getIssue(entry!.issueId)).toMatchObject({ title: 'loud' });
  });

  it('fails as the store does, and wakes nobody', async () => {
    jest.spyOn(store, 'save').mockRejectedValue(new Error('database is locked'));
    await expect(saver.save(aBatch(aDelta('one')))).rejects.toThrow('database is locked');
    expect(woken).toBe(0);
  });
});
