import { startOfDay, startOfHour } from '../../../lib/time/durations.js';

describe('startOfHour and startOfDay', () => {
  const at = Date.UTC(2026, 10, 27, 14, 35, 12, 7);

  it('round down, in UTC', () => {
    expect(startOfHour(at)).toBe(Date.UTC(2026, 10, 27, 14));
    expect(startOfDay(at)).toBe(Date.UTC(2026, 10, 27));
  });

  it('leave a full hour and a midnight as they are', () => {
    const midnight = Date.UTC(2026, 10, 27);
    expect([startOfHour(midnight), startOfDay(midnight)]).toEqual([midnight, midnight]);
  });
});
