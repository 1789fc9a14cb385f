import { BackOff } from '../../../lib/time/back-off.js';

describe('BackOff', () => {
  it('is closed and due at once until something fails', () => {
    const backOff = new BackOff(1000);
    expect([backOff.isFailing, backOff.remainingMs]).toEqual([false, 0]);
  });

  it('reports the failure that opens it and the success that closes it, and no other', () => {
    const backOff = new BackOff(1000);
    expect([backOff.failed(), backOff.failed(), backOff.succeeded(), backOff.succeeded()]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it('lengthens the pauses up to the bound', () => {
    const backOff = new BackOff(60_000);
    const pauses = Array.from({ length: 30 }, () => {
      backOff.failed();
      return backOff.remainingMs;
    });
    expect(pauses[0]).toBeLessThanOrEqual(250);
    expect(pauses[4]).toBeGreaterThan(1_500);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(60_000);
    expect(pauses.at(-1)).toBeGreaterThan(25_000);
  });
});
