import { isAheadOfClock, steadyNow } from '../../../lib/time/clock.js';
import { DAY_MS, HOUR_MS } from '../../../lib/time/durations.js';

describe('the clock', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('runs on steadily while somebody sets it', () => {
    const before = steadyNow();
    jest.spyOn(Date, 'now').mockReturnValue(0);
    expect(steadyNow()).toBeGreaterThanOrEqual(before);
    expect(steadyNow()).toBeLessThan(before + HOUR_MS);
  });

  it('takes a moment to be ahead only if it is more than a day ahead', () => {
    expect(isAheadOfClock(Date.now() + DAY_MS - HOUR_MS)).toBe(false);
    expect(isAheadOfClock(Date.now() + DAY_MS + HOUR_MS)).toBe(true);
  });

  it('believes the later of both clocks', () => {
    const soon = Date.now() + HOUR_MS;
    const nextWeek = Date.now() + 7 * DAY_MS;
    jest.spyOn(Date, 'now').mockReturnValue(0);
    expect(isAheadOfClock(soon)).toBe(false);
    jest.spyOn(Date, 'now').mockReturnValue(nextWeek);
    expect(isAheadOfClock(nextWeek)).toBe(false);
  });
});
