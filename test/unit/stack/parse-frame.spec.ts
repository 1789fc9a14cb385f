import { parseFrame } from '../../../lib/stack/parse-frame.js';

describe('parseFrame', () => {
  it.each([
    ['at pay (/app/a.js:10:5)', { file: '/app/a.js', line: 10, column: 5, function: 'pay' }],
    [
      '  at async Orders.pay (/app/a.js:10:5)',
      { file: '/app/a.js', line: 10, column: 5, function: 'Orders.pay' },
    ],
    ['at /app/a.js:10:5', { file: '/app/a.js', line: 10, column: 5 }],
    ['at file:///app/a.js:10', { file: 'file:///app/a.js', line: 10 }],
    [
      'at new Order (C:\\app\\a.js:1:2)',
      { file: 'C:\\app\\a.js', line: 1, column: 2, function: 'new Order' },
    ],
    ['at <anonymous>', { file: '<anonymous>' }],
    ['at Array.map (<anonymous>)', { file: '<anonymous>', function: 'Array.map' }],
    ['at Promise.all (index 3)', { file: '<anonymous>', function: 'Promise.all' }],
    ['at Object.<anonymous> (/app/a.js:1:1)', { file: '/app/a.js', line: 1, column: 1 }],
    [
      'at page (/app/(group)/page.js:3:4)',
      { file: '/app/(group)/page.js', line: 3, column: 4, function: 'page' },
    ],
    [
      'at eval (eval at outer (/app/a.js:7:8), <anonymous>:1:1)',
      { file: '/app/a.js', line: 7, column: 8, function: 'eval' },
    ],
    [
      'at wasm (wasm://wasm/1f2e:wasm-function[3])',
      { file: 'wasm://wasm/1f2e:wasm-function[3]', function: 'wasm' },
    ],
  ])('reads %s', (line, frame) => {
    expect(parseFrame(line)).toEqual(frame);
  });

  it.each([
    'Error: at pay (/app/a.js:10:5)',
    'at pay',
    'at pay (/app/a.js)',
    'at pay(/app/a.js:1:1)',
    'at pay (/app/a.js:1234567890)',
    'at pay (/app/a.js:)',
    `at ${'x'.repeat(1024)} (/app/a.js:1:1)`,
  ])('takes %.40s for no frame', (line) => {
    expect(parseFrame(line)).toBeUndefined();
  });

  it('cuts the name of a function', () => {
    expect(parseFrame(`at ${'x'.repeat(500)} (/a.js:1:1)`)?.function).toBe('x'.repeat(200));
  });
});
