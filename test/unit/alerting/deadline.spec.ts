import { withDeadline } from '../../../lib/alerting/deadline.js';

const never = (): Promise<never> => new Promise(() => undefined);

describe('withDeadline', () => {
  it('answers as the work does', async () => {
    const stop = new AbortController().signal;
    await expect(withDeadline(1000, stop, () => 7)).resolves.toBe(7);
    await expect(withDeadline(1000, stop, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('gives up after the time, and says so to the work', async () => {
    let signal: AbortSignal | undefined;
    const waiting = withDeadline(10, new AbortController().signal, (given) => {
      signal = given;
      return never();
    });
    await expect(waiting).rejects.toThrow('No answer within 10 ms.');
    expect(signal?.aborted).toBe(true);
  });

  it('gives up at once when stopped, and begins nothing once stopped', async () => {
    const stop = new AbortController();
    const waiting = withDeadline(60_000, stop.signal, never);
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');

    const work = jest.fn(never);
    await expect(withDeadline(60_000, stop.signal, work)).rejects.toThrow('stopped');
    expect(work).not.toHaveBeenCalled();
  });

  it('swallows a rejection that comes too late', async () => {
    // Jest fails the test for a rejection that nobody handles; a listener of its own would never be called here.
    const late = withDeadline(5, new AbortController().signal, async (signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      throw new Error('late');
    });
    await expect(late).rejects.toThrow('No answer');
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
});
