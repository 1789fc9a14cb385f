import fc from 'fast-check';
import { databaseInteger, databaseText } from '../../../lib/storage/database-values.js';

describe('databaseText', () => {
  it('leaves ordinary text alone', () => {
    expect(databaseText('Grüße, 世界 💥\n\t"\'', 100)).toBe('Grüße, 世界 💥\n\t"\'');
  });

  it('counts characters as databases do and cuts none in two', () => {
    expect(databaseText('💥💥💥', 2)).toBe('💥💥');
    expect(databaseText('a💥b', 2)).toBe('a💥');
    expect(databaseText('abc', 0)).toBe('');
  });

  it('replaces what databases refuse', () => {
    expect(databaseText('a\u0000b\ud83dc\ude00', 10)).toBe('a\ufffdb\ufffdc\ufffd');
  });

  it('never exceeds its length and never yields half a character', () => {
    const units = fc
      .array(fc.constantFrom('a', '\u0000', '\ud83d', '\udca5', '💥', 'é'))
      .map((all) => all.join(''));
    fc.assert(
      fc.property(units, fc.nat(20), (text, length) => {
        const result = databaseText(text, length);
        expect(Array.from(result).length).toBeLessThanOrEqual(length);
        expect(result).not.toMatch(/\p{Surrogate}|\0/u);
      }),
    );
  });
});

describe('databaseInteger', () => {
  it('makes a whole number within bounds of anything', () => {
    expect([1.9, -1.9, NaN, Infinity, 1e300].map((value) => databaseInteger(value, 100))).toEqual([
      ...[1, -1, 0, 0, 100],
    ]);
  });
});
