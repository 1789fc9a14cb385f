import { whileAnswering, within } from '../../../lib/storage/pause.js';

describe('whileAnswering', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    jest.useRealTimers();
  });

  it('waits as long as there are signs of life', async () => {
    let answered = (): void => undefined;
    let finish = (_: string): void => undefined;
    const work = whileAnswering(
      1000,
      (sign) => {
        answered = sign;
        return new Promise<string>((resolve) => (finish = resolve));
      },
      () => undefined,
    );
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
    const work = within(1000, new Promise<never>(() => undefined), giveUp);
    jest.advanceTimersByTime(999);
    expect(giveUp).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    await expect(work).rejects.toThrow('did not answer within 1 seconds');
    expect(giveUp).toHaveBeenCalledTimes(1);
  });
});
