import fc from 'fast-check';
import { boundedText, cutAtWord } from '../../../lib/bounds/bounded-text.js';

describe('boundedText', () => {
  it('keeps a text that fits', () => {
    expect(boundedText('abc', 3)).toBe('abc');
  });

  it('cuts a longer one and tells how long it was', () => {
    expect(boundedText('x'.repeat(100), 10)).toBe(`${'x'.repeat(10)}… [truncated, 100 characters]`);
  });

  it('does not split a character', () => {
    expect(boundedText('ab😀cd', 3)).toBe('ab… [truncated, 6 characters]');
  });

  it('replaces what databases refuse', () => {
    expect(boundedText('a\u0000b\ud800c😀', 100)).toBe('a\ufffdb\ufffdc😀');
  });

  it('keeps the first length when it cuts again', () => {
    expect(boundedText(boundedText('x'.repeat(100), 50), 10)).toBe('xxxxxxxxxx… [truncated, 100 characters]');
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.integer({ min: 0, max: 120 }),
        (text, max) => {
          const once = boundedText(text, max);
          expect(boundedText(once, max)).toBe(once);
          expect(once.length).toBeLessThanOrEqual(max + 45);
        },
      ),
    );
  });
});

describe('cutAtWord', () => {
  it('leaves no half of a word', () => {
    expect(cutAtWord('one two hunter2secret', 12)).toBe('one two… [truncated, 21 characters]');
  });

  it('drops the end of a word that is too long to look back over', () => {
    const cut = cutAtWord('x'.repeat(10_000), 5000);
    expect(cut).toBe(`${'x'.repeat(5000 - 1024)}… [truncated, 10000 characters]`);
  });

  it('changes nothing the second time', () => {
    const once = cutAtWord('word '.repeat(1000), 300);
    expect(cutAtWord(once, 300)).toBe(once);
  });
});
