import { replaceFound, replaceSpans } from '../../../../lib/masking/text/replace-found.js';
import type { SecretFinder, Span } from '../../../../lib/masking/text/secret-finder.js';
import { RULES } from '../../../support/found-by.js';

const TEXT = '0123456789';

it.each<[string, readonly Span[], string]>([
  ['nothing where nothing was found', [], '0123456789'],
  ['one span', [{ start: 2, end: 4 }], '01#456789'],
  [
    'spans that touch, each by itself',
    [
      { start: 2, end: 4 },
      { start: 4, end: 6 },
    ],
    '01##6789',
  ],
  [
    'spans in any order',
    [
      { start: 7, end: 9 },
      { start: 0, end: 2 },
    ],
    '#23456#9',
  ],
  [
    'a span within another once',
    [
      { start: 2, end: 8 },
      { start: 3, end: 5 },
    ],
    '01#89',
  ],
  [
    'the longest of those that start together',
    [
      { start: 2, end: 4 },
      { start: 2, end: 8 },
    ],
    '01#89',
  ],
  [
    'spans that overlap as one, to the end of the last',
    [
      { start: 2, end: 5 },
      { start: 4, end: 8 },
    ],
    '01#89',
  ],
  [
    'all of a chain of overlaps',
    [
      { start: 6, end: 9 },
      { start: 2, end: 5 },
      { start: 4, end: 7 },
    ],
    '01#9',
  ],
  ['by what a span says itself', [{ start: 2, end: 4, instead: '"#"' }], '01"#"456789'],
  ['all of the text', [{ start: 0, end: 10 }], '#'],
])('replaces %s', (_name, spans, masked) => {
  expect(replaceSpans(TEXT, spans, '#')).toBe(masked);
});

it('writes the replacement to the letter', () => {
  expect(replaceSpans(TEXT, [{ start: 0, end: 9 }], '$& $1')).toBe('$& $19');
});

it('does not ask a finder whose cheap look fails', () => {
  const find = jest.fn<readonly Span[], []>(() => [{ start: 0, end: 1 }]);
  const finder: SecretFinder = { mayHold: /x/, find };
  expect(replaceFound(finder, 'abc', RULES, 'prose')).toBe('abc');
  expect(find).not.toHaveBeenCalled();
  expect(replaceFound(finder, 'abx', RULES, 'prose')).toBe('***bx');
});
