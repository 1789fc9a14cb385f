import { BackOff } from '../../../lib/time/back-off.js';

describe('BackOff', () => {
  it('is closed and due at once until something fails', () => {
    const breaker = new BackOff(1000);
    expect([breaker.isFailing, breaker.remainingMs]).toEqual([false, 0]);
  });

  it('reports the failure that opens it and the success that closes it, and no other', () => {
    const breaker = new BackOff(1000);
    expect([breaker.failed(), breaker.failed(), breaker.succeeded(), breaker.succeeded()]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it('lengthens the pauses up to the bound', () => {
    const breaker = new BackOff(60_000);
    const pauses = Array.from({ length: 30 }, () => {
      breaker.failed();
      return breaker.remainingMs;
    });
    expect(pauses[0]).toBeLessThanOrEqual(250);
    expect(pauses[4]).toBeGreaterThan(1_500);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(60_000);
    expect(pauses.at(-1)).toBeGreaterThan(25_000);
  });
});
