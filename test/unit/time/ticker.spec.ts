import { BackOff } from '../../../lib/time/back-off.js';
import { Ticker } from '../../../lib/time/ticker.js';

const turns = async (count = 5): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
};

describe('Ticker', () => {
  let rounds: number;
  let atATime: number;
  let most: number;
  let goOn: (() => void) | undefined;
  let ticker: Ticker;

  /** A round that takes until `goOn` is called, if it is to. */
  const work = (lasting: boolean) => async (): Promise<void> => {
    rounds += 1;
    most = Math.max(most, ++atATime);
    if (lasting) await new Promise<void>((resolve) => (goOn = resolve));
    atATime -= 1;
  };

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
    rounds = atATime = most = 0;
    ticker = new Ticker(work(false));
  });
  afterEach(() => {
    ticker.stop();
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  const pass = async (ms: number): Promise<void> => {
    jest.advanceTimersByTime(ms);
    await turns();
  };

  it('begins a round no later than the earliest who asked wants it', async () => {
    ticker.wakeIn(1000);
    ticker.wakeIn(200);
    ticker.wakeIn(500);
    await pass(199);
    expect(rounds).toBe(0);
    await pass(1);
    expect(rounds).toBe(1);
    await pass(10_000);
    expect(rounds).toBe(1);
  });

  it('lets those who ask in the same turn share a round, which begins in another one', async () => {
    for (let index = 0; index < 100; index++) ticker.wake();
    expect(rounds).toBe(0);
    await turns();
    expect(rounds).toBe(1);
  });

  it('is never in two rounds at a time, and forgets nobody who asks during one', async () => {
    ticker = new Ticker(work(true));
    ticker.wake();
    await turns();
    ticker.wake();
    ticker.wakeIn(0);
    await pass(5);
    expect([rounds, most]).toEqual([1, 1]);
    goOn?.();
    await turns();
    expect([rounds, most]).toEqual([2, 1]);
  });

  it('counts the time asked for during a round from its end', async () => {
    ticker = new Ticker(work(true));
    ticker.wake();
    await turns();
    ticker.wakeIn(300);
    ticker.wakeIn(100);
    await pass(1000);
    goOn?.();
    await pass(0);
    await pass(99);
    expect(rounds).toBe(1);
    await pass(1);
    expect(rounds).toBe(2);
  });

  it('joins whoever runs it to the round under way, and tells them how it ended', async () => {
    const failing = new Ticker<number>(() => Promise.reject(new Error('no')));
    const [first, second] = [failing.run(), failing.run()];
    expect(second).toBe(first);
    await expect(first).rejects.toThrow('no');
    expect(failing.isRunning).toBe(false);
    await expect(new Ticker(() => Promise.resolve(7)).run()).resolves.toBe(7);
  });

  it('spares the one who runs it the round that a timer would have begun', async () => {
    ticker.wakeIn(50);
    await ticker.run();
    await pass(1000);
    expect(rounds).toBe(1);
  });

  it('survives a round that fails, and goes on', async () => {
    let fails = 0;
    ticker = new Ticker(() => {
      fails += 1;
      return Promise.reject(new Error('no'));
    });
    ticker.wake();
    await ticker.idle();
    ticker.wakeIn(10);
    await pass(10);
    expect(fails).toBe(2);
  });

  it('lets nobody come earlier than the back-off allows', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(1);
    const backOff = new BackOff(60_000);
    ticker = new Ticker(work(false), { backOff });
    backOff.failed();
    ticker.wakeIn(0);
    await pass(249);
    expect(rounds).toBe(0);
    await pass(1);
    expect(rounds).toBe(1);
  });

  it('begins nothing by itself once it is stopped, but runs when it is told to', async () => {
    ticker.wakeIn(10);
    ticker.stop();
    ticker.wake();
    ticker.wakeIn(10);
    await pass(1000);
    expect([rounds, jest.getTimerCount()]).toEqual([0, 0]);
    await ticker.run();
    expect(rounds).toBe(1);
  });

  it('does not begin the round that was asked for during the last one, once it is stopped', async () => {
    ticker = new Ticker(work(true));
    ticker.wake();
    await turns();
    ticker.wake();
    ticker.stop();
    goOn?.();
    await turns();
    expect(rounds).toBe(1);
  });

  it('is idle when the round under way has ended', async () => {
    ticker = new Ticker(work(true));
    await ticker.idle();
    ticker.wake();
    let isIdle = false;
    void ticker.idle().then(() => (isIdle = true));
    await turns();
    expect(isIdle).toBe(false);
    goOn?.();
    await turns();
    expect(isIdle).toBe(true);
  });

  it('runs timers and rounds within what it is given', async () => {
    let depth = 0;
    const seen: number[] = [];
    const within = <T>(inner: () => T): T => {
      depth += 1;
      try {
        return inner();
      } finally {
        depth -= 1;
      }
    };
    const set = jest.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void) => {
      seen.push(depth);
      run();
      return { unref: () => undefined };
    }) as never);
    ticker = new Ticker(() => Promise.resolve(), { within });
    ticker.wakeIn(1);
    set.mockRestore();
    await turns();
    expect(seen).toEqual([1]);
  });
});
