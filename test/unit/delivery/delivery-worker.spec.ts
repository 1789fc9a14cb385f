import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AlertDispatcher } from '../../../lib/alerting/alert-dispatcher.js';
import { AlertRules } from '../../../lib/alerting/alert-rules.js';
import { Accumulator } from '../../../lib/delivery/accumulator.js';
import { BatchSaver } from '../../../lib/delivery/batch-saver.js';
import { DeliveryWorker } from '../../../lib/delivery/delivery-worker.js';
import { EventCounters } from '../../../lib/delivery/event-counters.js';
import type { SourceLines } from '../../../lib/delivery/source-lines.js';
import { RecordRefusedError } from '../../../lib/errors/record-refused.error.js';
import { Notifier } from '../../../lib/notify/notifier.js';
import type { DeliveryOptions } from '../../../lib/options/delivery-options.js';
import type { ResolvedOptions } from '../../../lib/options/resolved-options.js';
import type { Batch } from '../../../lib/storage/event-store.js';
import { MemoryEventStore } from '../../../lib/testing/memory-event.store.js';
import { draftOf, optionsWith } from '../../support/events.js';
import { eventually } from '../../support/eventually.js';

class Mail extends Notifier {
  readonly name = 'mail';
  override async notify(): Promise<void> {
    /* nobody sends anything here */
  }
}

/** A store that does what it is told. */
class ObedientStore extends MemoryEventStore {
  opened = 0;
  closed = 0;
  readonly saved: Batch[] = [];
  /** Asked before a batch is saved. */
  before: (batch: Batch) => Promise<void> | void = () => undefined;

  override async open(): Promise<void> {
    this.opened += 1;
    await super.open();
  }

  override async save(...[batch, alertsFor]: Parameters<MemoryEventStore['save']>) {
    await this.before(batch);
    this.saved.push(batch);
    return super.save(batch, alertsFor);
  }

  override async close(): Promise<void> {
    this.closed += 1;
    await super.close();
  }
}

describe('DeliveryWorker', () => {
  let folder: string;
  let store: ObedientStore;
  let counters: EventCounters;
  let accumulator: Accumulator;
  let worker: DeliveryWorker;
  let alertsWoken: number;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'error-tracker-'));
    store = new ObedientStore();
  });
  afterEach(async () => {
    await worker.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const make = (delivery: DeliveryOptions = {}): void => {
    const resolved = optionsWith({ delivery: { journalFolder: folder } });
    // Retries that are quicker than flushes are refused to applications.
    const own = { flushIntervalMs: 60_000, retryMaxMs: 100, ...delivery };
    const options = { ...resolved, delivery: { ...resolved.delivery, ...own } } as ResolvedOptions;
    counters = new EventCounters();
    accumulator = new Accumulator(counters, options);
    alertsWoken = 0;
    const dispatcher = { wake: () => (alertsWoken += 1) } as unknown as AlertDispatcher;
    const sources = { addTo: (batch: Batch) => batch } as unknown as SourceLines;
    const rules = new AlertRules([new Mail()], []);
    const saver = new BatchSaver(store, sources, accumulator, rules, dispatcher);
    worker = new DeliveryWorker(store, accumulator, saver, counters, options);
  };

  const happen = (name: string, quiet = false): void => {
    const fingerprint = { hash: name.padEnd(64, '0'), algorithm: 'v1', key: name };
    const event = draftOf({ fingerprint, ...(quiet && { quiet }) });
    worker.wake(accumulator.add(event));
  };
  const flush = (): Promise<boolean> => worker.flush(2000, Promise.resolve());
  const eventCount = async (): Promise<number> =>
    (await store.findIssues({ limit: 10 })).items.reduce((sum, issue) => sum + issue.eventCount, 0);

  it('opens the store at once, and once', async () => {
    make();
    worker.onModuleInit();
    await eventually(() => expect(store.opened).toBe(1));
    await flush();
    happen('a');
    await flush();
    expect(store.opened).toBe(1);
  });

  it('stores a new bug at once, and a known one only with the next flush', async () => {
    make();
    happen('a');
    await eventually(() => expect(counters.stored).toBe(1));
    happen('a');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([counters.stored, worker.queuedEvents]).toEqual([1, 1]);
    expect(await flush()).toBe(true);
    expect([counters.stored, worker.queuedEvents, await eventCount()]).toEqual([2, 0, 2]);
    expect(worker.lastFlush?.at).toBeGreaterThan(0);
  });

  it('stores a known bug when the flush interval is over', async () => {
    make({ flushIntervalMs: 20 });
    happen('a');
    await flush();
    happen('a');
    await eventually(() => expect(counters.stored).toBe(2));
  });

  it('stores what came in during a round in the next one', async () => {
    make();
    store.before = () => {
      store.before = () => undefined;
      happen('b');
    };
    happen('a');
    await eventually(() => expect(counters.stored).toBe(2));
  });

  it('has flushed once everything is stored that was there or on its way, and not what came later', async () => {
    make();
    store.before = () => {
      happen('again');
    };
    const arriving = new Promise<void>((resolve) => {
      setTimeout(() => {
        happen('late');
        resolve();
      }, 10);
    });
    expect(await worker.flush(2000, arriving)).toBe(true);
    expect(store.saved.flatMap(({ deltas }) => deltas.map(({ fingerprint }) => fingerprint.key))).toContain(
      'late',
    );
    store.before = () => undefined;
  });

  it('does not flush longer than it may', async () => {
    make();
    store.before = () => new Promise(() => undefined);
    happen('a');
    const startedAt = performance.now();
    expect(await worker.flush(50, Promise.resolve())).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });

  it('tries the same batch again after a failure, and loses nothing', async () => {
    make();
    const tried: Batch[] = [];
    store.before = (batch) => {
      tried.push(batch);
      if (tried.length < 3) throw new Error('away');
    };
    happen('a');
    await eventually(() => expect(tried.length).toBeGreaterThan(0));
    expect(worker.condition.isFailing).toBe(true);
    expect(worker.condition.lastError).toBe('Error: away');
    happen('b');
    await eventually(async () => expect(await eventCount()).toBe(2));
    expect(tried[0]?.id).toBe(tried[1]?.id);
    expect(worker.condition.isFailing).toBe(false);
    expect(counters.dropped.byReason()).toEqual({});
  });

  it('keeps the bytes of a batch counted until it is stored', async () => {
    make();
    let fails = true;
    store.before = () => {
      if (fails) throw new Error('away');
    };
    happen('a');
    await eventually(() => expect(worker.condition.isFailing).toBe(true));
    expect(worker.queuedBytes).toBeGreaterThan(0);
    fails = false;
    await flush();
    expect(worker.queuedBytes).toBe(0);
  });

  it('gives up what the store refuses, says how much, and stores the rest', async () => {
    make();
    store.before = ({ deltas }) => {
      if (deltas.some(({ fingerprint }) => fingerprint.key === 'poison')) throw new RecordRefusedError('no');
    };
    happen('poison');
    happen('good');
    expect(await flush()).toBe(true);
    expect(counters.dropped.byReason()).toEqual({ refused: 1 });
    expect(counters.droppedDetails.byReason()).toEqual({ refused: 1 });
    expect(await eventCount()).toBe(1);
  });

  it('wakes those who alert for a new issue, and not for a quiet one or a known one', async () => {
    make();
    happen('quiet', true);
    await flush();
    expect(alertsWoken).toBe(0);
    happen('loud');
    await flush();
    happen('loud');
    await flush();
    expect(alertsWoken).toBe(1);
  });

  describe('at the end', () => {
    const journals = (): readonly string[] => readdirSync(folder).filter((name) => name.endsWith('.journal'));
    const failing = (): void => {
      make();
      store.before = () => Promise.reject(new Error('away'));
      happen('a');
    };

    it('closes the store, once, and begins no round any more', async () => {
      make();
      await worker.stop();
      await worker.stop();
      expect(store.closed).toBe(1);
      happen('a');
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(store.saved).toEqual([]);
    });

    it('writes down what it could not store, for the next start to do it', async () => {
      failing();
      await worker.stop();
      expect([journals().length, worker.queuedEvents]).toEqual([1, 0]);

      store = new ObedientStore();
      make();
      worker.onModuleInit();
      await eventually(async () => expect(await eventCount()).toBe(1));
      expect(journals()).toEqual([]);
      // It was captured by another process.
      expect(counters.stored).toBe(0);
    });

    it('writes it down in the turn in which the process ends, and only once', async () => {
      failing();
      worker.salvage();
      expect(journals()).toHaveLength(1);
      await worker.stop();
      expect([journals().length, store.closed]).toEqual([1, 0]);
      expect(counters.dropped.byReason()).toEqual({});
    });

    it('counts as lost what it cannot write down', async () => {
      make({ journalFolder: '/proc/nowhere' });
      store.before = () => Promise.reject(new Error('away'));
      happen('a');
      await worker.stop();
      expect(counters.dropped.byReason()).toEqual({ closed: 1 });
      expect(worker.queuedEvents).toBe(0);
    });
  });
});
