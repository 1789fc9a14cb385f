import { jsonBytes } from '../../../lib/bounds/json-size.js';

const TEXTS = ['text', '', 'a "quoted" \\ text', 'Zoë 😀', 'line\nbreak', '\ud800'];
const PLAIN = [0, -1.5e-7, 1e21, true, false, null];
const NESTED = [[], [1, 'two', null], {}, { a: 1, Zoë: { b: [] } }, { a: undefined, b: 2 }];

it('counts the bytes that JSON.stringify() would write', () => {
  for (const value of [...TEXTS, ...PLAIN, ...NESTED, [Number.NaN, Infinity, undefined]]) {
    expect([value, jsonBytes(value)]).toEqual([value, Buffer.byteLength(JSON.stringify(value))]);
  }
});
