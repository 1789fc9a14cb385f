import { eventLoopTurn, pause, pauseAbout } from '../../../lib/time/pause.js';

describe('pause', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  /** After how many milliseconds it is over. */
  const lengthOf = async (waiting: Promise<void>): Promise<number> => {
    const start = Date.now();
    let end = Number.NaN;
    void waiting.then(() => (end = Date.now()));
    await jest.advanceTimersByTimeAsync(10_000);
    return end - start;
  };

  it('waits as long as it says', async () => {
    expect(await lengthOf(pause(250))).toBe(250);
  });

  it.each([
    [0, 50],
    [0.5, 100],
    [0.999, 149],
  ])('is about that long, by chance (%d)', async (chance, length) => {
    jest.spyOn(Math, 'random').mockReturnValue(chance);
    expect(await lengthOf(pauseAbout(100))).toBe(length);
  });
});

describe('eventLoopTurn', () => {
  it('lets run first what is due', async () => {
    const log: string[] = [];
    setImmediate(() => log.push('due'));
    await eventLoopTurn();
    expect(log).toEqual(['due']);
  });
});

describe('a pause', () => {
  const holdsProcess = (options?: Parameters<typeof pause>[1]): boolean => {
    const timers = jest.spyOn(globalThis, 'setTimeout');
    void pause(1, options);
    const timer = timers.mock.results[0]?.value as NodeJS.Timeout;
    timers.mockRestore();
    return timer.hasRef();
  };

  it('keeps the process alive unless told not to', () => {
    expect(holdsProcess()).toBe(true);
    expect(holdsProcess({ holdsProcess: false })).toBe(false);
  });
});
