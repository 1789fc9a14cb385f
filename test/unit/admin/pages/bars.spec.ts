import { barsOf } from '../../../../lib/admin/pages/bars.js';
import { HOUR_MS as HOUR } from '../../../../lib/time/durations.js';

describe('barsOf', () => {
  const now = Date.UTC(2026, 0, 10, 12, 30);
  const hour = Date.UTC(2026, 0, 10, 12);

  it('puts each hour into its bar and leaves out what is older', () => {
    const hourly = new Map([
      [hour, 5],
      [hour - HOUR, 2],
      [hour - 23 * HOUR, 1],
      [hour - 24 * HOUR, 100],
    ]);
    const bars = barsOf(hourly, now, 24);
    expect(bars.map((bar) => bar.count)).toEqual([1, ...Array<number>(21).fill(0), 2, 5]);
    expect(bars.at(-1)?.from).toBe(hour);
  });

  it('joins hours into days', () => {
    const hourly = new Map([
      [hour, 5],
      [hour - 23 * HOUR, 1],
      [hour - 24 * HOUR, 10],
    ]);
    expect(barsOf(hourly, now, 2, 24).map((bar) => bar.count)).toEqual([10, 6]);
  });
});
