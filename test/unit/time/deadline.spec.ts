import { settledWithin, withDeadline } from '../../../lib/time/deadline.js';

const never = (): Promise<never> => new Promise(() => undefined);

describe('withDeadline', () => {
  it('answers as the work does', async () => {
    const stop = new AbortController().signal;
    await expect(withDeadline(1000, () => 7, { stop })).resolves.toBe(7);
    await expect(withDeadline(1000, () => Promise.reject(new Error('no')), { stop })).rejects.toThrow('no');
  });

  it('gives up after the time, and says so to the work', async () => {
    let signal: AbortSignal | undefined;
    const waiting = withDeadline(10, (given) => {
      signal = given;
      return never();
    });
    await expect(waiting).rejects.toThrow('No answer within 10 ms.');
    expect(signal?.aborted).toBe(true);
  });

  it('gives up at once when stopped, and begins nothing once stopped', async () => {
    const stop = new AbortController();
    const waiting = withDeadline(60_000, never, { stop: stop.signal });
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');

    const work = jest.fn(never);
    await expect(withDeadline(60_000, work, { stop: stop.signal })).rejects.toThrow('stopped');
    expect(work).not.toHaveBeenCalled();
  });

  it('swallows a rejection that comes too late', async () => {
    // Jest fails the test for a rejection that nobody handles; a listener of its own would never be
    // called here.
    const late = withDeadline(5, async (signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      throw new Error('late');
    });
    await expect(late).rejects.toThrow('No answer');
    await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it('rejects with what the work throws in its first turn', async () => {
    const thrown = new Error('at once');
    await expect(
      withDeadline(1000, () => {
        throw thrown;
      }),
    ).rejects.toBe(thrown);
  });
});

describe('withDeadline, renewed', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    jest.useRealTimers();
  });

  it('waits as long as there are signs of life', async () => {
    let answered = (): void => undefined;
    let finish = (_: string): void => undefined;
    const work = withDeadline(1000, (_signal, renew) => {
      answered = renew;
      return new Promise<string>((resolve) => (finish = resolve));
    });
    for (let step = 0; step < 10; step++) {
      jest.advanceTimersByTime(900);
      answered();
    }
    finish('done');
    expect(await work).toBe('done');
    answered();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('gives up once nothing was heard for so long', async () => {
    const giveUp = jest.fn();
    const work = withDeadline(
      1000,
      (signal) => {
        signal.addEventListener('abort', giveUp);
        return never();
      },
      { message: 'did not answer within 1 seconds' },
    );
    jest.advanceTimersByTime(999);
    expect(giveUp).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    await expect(work).rejects.toThrow('did not answer within 1 seconds');
    expect(giveUp).toHaveBeenCalledTimes(1);
  });
});

describe('settledWithin', () => {
  it('tells whether the promise was there in time', async () => {
    await expect(settledWithin(1000, Promise.resolve('x'))).resolves.toBe(true);
    await expect(settledWithin(5, never())).resolves.toBe(false);
  });

  it('rejects as the promise does', async () => {
    await expect(settledWithin(1000, Promise.reject(new Error('no')))).rejects.toThrow('no');
  });
});
