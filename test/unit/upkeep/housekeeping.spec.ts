import { Logger } from '@nestjs/common';
import type { DeliveryWorker } from '../../../lib/delivery/delivery-worker.js';
import type { EventStore, PruneReport } from '../../../lib/storage/event-store.js';
import { Housekeeping } from '../../../lib/upkeep/housekeeping.js';
import { optionsWith } from '../../support/events.js';

const MINUTE = 60_000;
const DONE: PruneReport = { events: 0, issues: 0, finished: true };

describe('Housekeeping', () => {
  let runs: number;
  let prune: () => Promise<PruneReport | undefined>;
  let isFailing: boolean;
  let said: string[];
  let housekeeping: Housekeeping;

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
    jest.spyOn(Math, 'random').mockReturnValue(0);
    said = [];
    for (const level of ['log', 'warn'] as const) {
      jest
        .spyOn(Logger.prototype, level)
        .mockImplementation((...[line]: unknown[]) => void said.push(String(line)));
    }
    runs = 0;
    isFailing = false;
    prune = () => Promise.resolve(DONE);
    housekeeping = made();
  });
  afterEach(async () => {
    await housekeeping.onApplicationShutdown();
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  const made = (enabled = true): Housekeeping =>
    new Housekeeping(
      { prune: () => prune().finally(() => (runs += 1)) } as unknown as EventStore,
      {
        condition: {
          get isFailing() {
            return isFailing;
          },
        },
      } as unknown as DeliveryWorker,
      optionsWith({ enabled }),
    );
  const pass = async (ms: number): Promise<void> => {
    jest.advanceTimersByTime(ms);
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  };

  it('runs a minute after the start, and then every ten', async () => {
    housekeeping.onModuleInit();
    await pass(MINUTE - 1);
    expect(runs).toBe(0);
    await pass(1);
    expect(runs).toBe(1);
    await pass(10 * MINUTE - 1);
    expect(runs).toBe(1);
    await pass(1);
    expect(runs).toBe(2);
  });

  it('goes on soon where there is more to do than one run should', async () => {
    prune = () => Promise.resolve({ ...DONE, events: 7, finished: false });
    housekeeping.onModuleInit();
    await pass(MINUTE);
    await pass(5_000);
    expect(runs).toBe(2);
    expect(housekeeping.last).toMatchObject({ events: 7, issues: 0 });
  });

  it('does not ask a store that is away, and runs when it is back', async () => {
    isFailing = true;
    housekeeping.onModuleInit();
    await pass(MINUTE);
    await pass(5_000);
    expect([runs, said]).toEqual([0, []]);
    isFailing = false;
    await pass(5_000);
    expect(runs).toBe(1);
  });

  it('says once that it fails, and once that it works again', async () => {
    prune = () => Promise.reject(new Error('locked'));
    housekeeping.onModuleInit();
    await pass(MINUTE);
    await pass(10 * MINUTE);
    expect([runs, housekeeping.lastError]).toEqual([2, 'Error: locked']);
    prune = () => Promise.resolve(undefined);
    await pass(10 * MINUTE);
    await pass(10 * MINUTE);
    expect(housekeeping.lastError).toBeUndefined();
    expect(said).toEqual([
      'Old events could not be removed; it is tried again. Error: locked',
      'Old events are removed again.',
    ]);
  });

  it('is never in two runs at a time', async () => {
    const [first, second] = [housekeeping.run(), housekeeping.run()];
    expect(await first).toEqual(DONE);
    expect(await second).toEqual(DONE);
    expect(runs).toBe(1);
  });

  it('does nothing where the tracker is switched off, nor after the end', async () => {
    made(false).onModuleInit();
    housekeeping.onModuleInit();
    await housekeeping.onApplicationShutdown();
    await pass(20 * MINUTE);
    expect(runs).toBe(0);
  });

  it('waits at the end for a run under way, but not for long', async () => {
    jest.useRealTimers();
    prune = () => new Promise(() => undefined);
    void housekeeping.run();
    const startedAt = performance.now();
    await housekeeping.onApplicationShutdown();
    expect(performance.now() - startedAt).toBeGreaterThan(400);
    expect(performance.now() - startedAt).toBeLessThan(3000);
    prune = () => Promise.resolve(DONE);
    housekeeping = made();
  });
});
