import { isoTime, utcTime } from '../../../lib/time/utc.js';

const moment = Date.UTC(2026, 2, 9, 14, 2, 11, 42);

describe('times as text', () => {
  it('are ISO 8601 for programs, and whole seconds for readers', () => {
    expect(isoTime(moment)).toBe('2026-03-09T14:02:11.042Z');
    expect(utcTime(moment)).toBe('2026-03-09 14:02:11 UTC');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 9e15])('are missing for %p', (time) => {
    expect(isoTime(time)).toBeNull();
    expect(utcTime(time)).toBeUndefined();
  });
});
