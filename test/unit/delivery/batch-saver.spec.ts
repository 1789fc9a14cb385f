import type { AlertDispatcher } from '../../../lib/alerting/alert-dispatcher.js';
import { AlertRules } from '../../../lib/alerting/alert-rules.js';
import { Accumulator } from '../../../lib/delivery/accumulator.js';
import { BatchSaver } from '../../../lib/delivery/batch-saver.js';
import { EventCounters } from '../../../lib/delivery/event-counters.js';
import type { SourceLines } from '../../../lib/delivery/source-lines.js';
import { Notifier } from '../../../lib/notify/notifier.js';
import { aBatch, aDelta, samplesOf } from '../../../lib/testing/deltas.js';
import { MemoryEventStore } from '../../../lib/testing/memory-event.store.js';
import { optionsWith } from '../../support/events.js';

class Mail extends Notifier {
  readonly name = 'mail';
  override async notify(): Promise<void> {
    /* nobody sends anything here */
  }
}

describe('BatchSaver', () => {
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
