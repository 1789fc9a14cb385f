import { Logger } from '@nestjs/common';
import { tell } from '../../../lib/errors/tell.js';

const turn = (): Promise<unknown> => new Promise((resolve) => setImmediate(resolve));

describe('tell', () => {
  afterEach(() => jest.restoreAllMocks());

  it('says the line at its level', () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    tell('warn', 'The store is away.');
    expect(warn).toHaveBeenCalledWith('The store is away.');
  });

  it('does not throw when the logger does', () => {
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => {
      throw new Error('the logger is broken');
    });
    expect(() => tell('error', 'x')).not.toThrow();
  });

  it('listens to errors of the output while it writes, and not longer', async () => {
    jest.spyOn(Logger.prototype, 'log').mockReturnValue();
    await turn();
    const before = process.stdout.listenerCount('error');
    tell('log', 'x');
    expect(process.stdout.listenerCount('error')).toBe(before + 1);
    await turn();
    expect(process.stdout.listenerCount('error')).toBe(before);
  });
});
