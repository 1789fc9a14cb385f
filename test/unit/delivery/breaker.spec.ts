import { Breaker } from '../../../lib/delivery/breaker.js';

describe('Breaker', () => {
  it('is closed and due at once until something fails', () => {
    const breaker = new Breaker(1000);
    expect([breaker.isOpen, breaker.remainingMs]).toEqual([false, 0]);
  });

  it('reports the failure that opens it and the success that closes it, and no other', () => {
    const breaker = new Breaker(1000);
    expect([breaker.failed(), breaker.failed(), breaker.succeeded(), breaker.succeeded()]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it('lengthens the pauses up to the bound', () => {
    const breaker = new Breaker(60_000);
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
