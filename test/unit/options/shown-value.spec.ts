import { shownType, shownValue } from '../../../lib/options/shown-value.js';

describe('shownValue', () => {
  it.each<[unknown, string]>([
    [undefined, 'undefined'],
    [null, 'null'],
    ['a\n"b"', '"a\\n\\"b\\"" (string)'],
    ['x'.repeat(61), 'a string of 61 characters'],
    ['smtp://user:hunter2@host', 'a string'],
    [5, '5 (number)'],
    [false, 'false (boolean)'],
    [[1, 2], 'a list of 2'],
    [/x/, 'a RegExp'],
    [{ secret: 1 }, 'an object'],
    [Symbol('x'), 'a symbol'],
  ])('shows %p as %s', (value, shown) => {
    expect(shownValue(value)).toBe(shown);
  });
});

describe('shownType', () => {
  it('tells nothing of the value', () => {
    expect(['hunter2', 5, true, ['hunter2']].map(shownType)).toEqual([
      'a string',
      'a number',
      'a boolean',
      'a list of 1',
    ]);
  });
});
