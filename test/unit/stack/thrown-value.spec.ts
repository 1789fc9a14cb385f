import { titleOfValue } from '../../../lib/stack/thrown-value.js';

describe('titleOfValue', () => {
  it.each([
    ['text', 'text'],
    [undefined, 'undefined'],
    [null, 'null'],
    [404, '404'],
    [-0, '0'],
    [7n, '7'],
    [2n ** 1024n, 'a very large BigInt'],
    [-(2n ** 1024n), 'a very large BigInt'],
    [Symbol('mark'), 'Symbol(mark)'],
    [function pay() {}, 'function pay'],
    [() => 1, 'function'],
    [Promise.resolve(1), 'a promise'],
    [[1, 2], 'array of 2'],
    [new Uint8Array(3), 'binary data of 3 bytes'],
    [new String('boxed'), 'boxed'],
    [{ message: 'declined', name: 'Card' }, 'declined'],
    [{ name: 'Card' }, 'Card'],
    [{}, 'object without keys'],
    [{ b: 'secret', a: 'secret' }, 'object with keys a, b'],
  ])('puts %p into words', (value, title) => {
    expect(titleOfValue(value)).toBe(title);
  });

  it('survives an object that cannot be read', () => {
    const hostile = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('no');
        },
      },
    );
    expect(titleOfValue(hostile)).toBe('a value that cannot be read');
  });

  it('names twenty keys, cut, and says that there are more', () => {
    const keys = Array.from({ length: 21 }, (_, at) => `${String.fromCharCode(97 + at)}${'k'.repeat(99)}`);
    const title = titleOfValue(Object.fromEntries(keys.map((key) => [key, 1])));
    expect(title.split(', ')).toHaveLength(21);
    expect(title.endsWith(', …')).toBe(true);
    expect(title).toContain(`a${'k'.repeat(49)},`);
  });
});
