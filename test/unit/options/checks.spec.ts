import {
  callback,
  flag,
  integer,
  line,
  listOf,
  oneOf,
  rawLine,
  refuseSecret,
  share,
  type Check,
} from '../../../lib/options/checks.js';

const list = listOf(integer(0, 9), 'numbers');
const CASES: readonly [string, Check<unknown>, readonly unknown[], readonly unknown[]][] = [
  ['flag', flag, [true, false], [0, 'true', null]],
  ['integer', integer(1, 3), [1, 3], [0, 4, 1.5, '2', Number.NaN]],
  ['oneOf', oneOf('warn', false), ['warn', false], ['info', true, undefined]],
  ['share', share, [0, 0.5, 1], [-0.1, 1.1, Number.NaN, '1']],
  ['line', line(5), ['a b', 'abcde'], ['', '  ', 'abcdef', 'a\nb', 7]],
  ['rawLine', rawLine(5), ['', ' a '], ['abcdef', 'a\u2028b', undefined]],
  ['callback', callback(), [Math.max], [{}, 'max']],
  ['listOf', list, [[], [1, 2]], ['1', { 0: 1 }]],
];

describe.each(CASES)('%s', (_name, check, taken, refused) => {
  it('takes what the option may be, and names the option of the rest', () => {
    for (const value of taken) expect(check(value, 'of.mine')).toEqual(value);
    for (const value of refused) expect(() => check(value, 'of.mine')).toThrow('Option "of.mine" must be');
  });
});

it('drops the spaces around a line', () => {
  expect(line(20)('  shop ', 'name')).toBe('shop');
});

it('copies and freezes a list, and names the entry that is wrong', () => {
  const given = [1, 2];
  const read = list(given, 'sizes');
  given.push(3);
  expect(read).toEqual([1, 2]);
  expect(Object.isFrozen(read)).toBe(true);
  expect(() => list([1, 99], 'sizes')).toThrow('Option "sizes[1]"');
});

it('shows nothing of a value that may be secret', () => {
  expect(() => refuseSecret('key', 'short', 'hunter2', 'Shorten it.')).toThrow(/^(?!.*hunter2)/s);
});
