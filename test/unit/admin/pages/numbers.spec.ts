import { bytes, compact, formatCount, plural } from '../../../../lib/admin/pages/numbers.js';
import { span } from '../../../../lib/admin/pages/span.js';

describe('words for numbers', () => {
  it('groups, shortens and counts', () => {
    expect(formatCount(1_234_567)).toBe('1\u202f234\u202f567');
    expect(compact(12_408)).toBe('12\u202f408');
    expect(compact(1_250_000)).toBe('1.3M');
    expect(plural(1, 'event')).toBe('1 event');
    expect(plural(0, 'event')).toBe('0 events');
    expect([0, 999, 1_500, 187_340_000].map(bytes)).toEqual(['0 B', '999 B', '1.5 kB', '187 MB']);
    expect([-5, 59, 60, 7_200, 86_400, 31_536_000].map(span)).toEqual([
      '0 s',
      '59 s',
      '1 min',
      '2 h',
      '1 d',
      '1 y',
    ]);
  });
});
