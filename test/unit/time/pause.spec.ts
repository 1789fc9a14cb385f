import { pause } from '../../../lib/time/pause.js';

describe('pause', () => {
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

  it('waits that long', async () => {
    const startedAt = performance.now();
    await pause(20);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(18);
  });
});
