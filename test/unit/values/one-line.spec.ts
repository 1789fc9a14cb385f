import { cleanLines, cut, oneLine } from '../../../lib/values/one-line.js';

describe('oneLine', () => {
  it('makes every control and separator a blank', () => {
    expect(oneLine('a\r\nb\tc\u0000d\u0085e\u2028f\u2029g\u202eh', 100)).toBe('a b c d e f g h');
  });

  it('is never longer than it may be', () => {
    expect(oneLine('x'.repeat(10_000), 20)).toBe(`${'x'.repeat(19)}…`);
  });

  it('leaves no half of a character behind', () => {
    expect(cut(`${'x'.repeat(4)}😀😀`, 6)).toBe('xxxx\ufffd…');
  });
});

describe('cleanLines', () => {
  it('keeps lines apart, and their number and length bounded', () => {
    expect(cleanLines('a\u0007\r\n  b\n\u2028c\nd', 3, 10)).toEqual(['a', '  b', '', '…']);
    expect(cleanLines('x'.repeat(100), 3, 5)).toEqual(['xxxx…']);
  });
});
