import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import type { Json } from '../../../lib/event/error-event.js';
import { boundedCopy } from '../../../lib/bounds/bounded-copy.js';
import { createBudget } from '../../../lib/bounds/copy-budget.js';
import { resolveOptions } from '../../../lib/options/resolve-options.js';
import type { ResolvedLimits } from '../../../lib/options/resolved-options.js';

function limits(changes: Partial<ResolvedLimits> = {}): ResolvedLimits {
  return { ...resolveOptions(undefined).limits, ...changes };
}

const copy = (value: unknown, changes: Partial<ResolvedLimits> = {}): Json =>
  boundedCopy(value, limits(changes));

class Order {
  id = 7;
  get total(): never {
    throw new Error('a getter of a class was run');
  }
}

class Forwarding {
  raw = new EventEmitter();
  log = { level: 'info' };
}

const boom = (): never => {
  throw new Error('code of the value was run');
};

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function cyclic(): object {
  const value: Record<string, unknown> = { a: 1 };
  value['self'] = value;
  value['list'] = [value];
  return value;
}

describe('values of every kind', () => {
  it.each<[string, unknown, Json]>([
    ['text', 'abc', 'abc'],
    ['text with NUL', 'a\u0000b', 'a\ufffdb'],
    ['a lone surrogate', 'a\udc00', 'a\ufffd'],
    ['a number', 1.5, 1.5],
    ['minus zero', -0, 0],
    ['NaN', NaN, 'NaN'],
    ['infinity', -Infinity, '-Infinity'],
    ['null', null, null],
    ['undefined', undefined, null],
    ['a bigint', 12345678901234567890n, '12345678901234567890n'],
    ['a huge bigint', 1n << 100_000n, '[BigInt]'],
    ['a symbol', Symbol('x'), 'Symbol(x)'],
    ['a function', boom, '[Function boom]'],
    [
      'an anonymous function',
      (
        () => () =>
          1
      )(),
      '[Function]',
    ],
    ['a function with a hostile name', Object.defineProperty(() => 1, 'name', { get: boom }), '[Function]'],
    ['a class', Order, '[Function Order]'],
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['an invalid date', new Date(NaN), 'Invalid Date'],
    ['a RegExp', /a+/gi, '/a+/gi'],
    ['an address', new URL('https://shop.example/a?b=1'), 'https://shop.example/a?b=1'],
    ['search parameters', new URLSearchParams('a=1&b=2'), 'a=1&b=2'],
    [
      'a map',
      new Map<unknown, unknown>([
        ['a', 1],
        [2, { b: 2 }],
      ]),
      { a: 1, '2': { b: 2 } },
    ],
    ['a map with objects as keys', new Map([[{ a: 1 }, 'x']]), [[{ a: 1 }, 'x']]],
    ['a set', new Set([1, 'a']), [1, 'a']],
    ['a buffer', Buffer.alloc(1024), '[Buffer 1024 bytes]'],
    ['a typed array', new Float64Array(4), '[Float64Array 32 bytes]'],
    ['an array buffer', new ArrayBuffer(8), '[ArrayBuffer 8 bytes]'],
    ['a data view', new DataView(new ArrayBuffer(8)), '[DataView 8 bytes]'],
    ['a stream', new Readable(), '[Readable]'],
    ['an emitter', new EventEmitter(), '[EventEmitter]'],
    ['a wrapper of an emitter', new Forwarding(), '[Forwarding]'],
    ['a promise', Promise.resolve(1), '[Promise]'],
    ['a weak map', new WeakMap(), '[WeakMap]'],
    ['a boxed text', new String('abc'), '[String]'],
    [
      'a generator',
      (function* () {
        yield boom();
      })(),
      '[Object]',
    ],
    ['an instance of a class', new Order(), { id: 7 }],
    ['a null prototype', Object.assign(Object.create(null) as object, { a: 1 }), { a: 1 }],
    ['an object of another realm', runInNewContext('({ a: [1], b: { c: 2 } })'), { a: [1], b: { c: 2 } }],
    ['an error', new TypeError('x'), { name: 'TypeError', message: 'x' }],
    [
      'an error with more',
      Object.assign(new Error('x', { cause: new Error('y') }), { code: 'E' }),
      {
        name: 'Error',
        message: 'x',
        code: 'E',
        cause: { name: 'Error', message: 'y' },
      },
    ],
    [
      'a failed query',
      Object.assign(new Error('x'), { query: 'SELECT $1', parameters: ['s3cret'] }),
      {
        name: 'Error',
        message: 'x',
        query: 'SELECT $1',
        parameters: '[bound parameters]',
      },
    ],
    [
      'an error with a hostile message',
      Object.defineProperty(new Error('x'), 'message', { get: boom }),
      {
        name: 'Error',
        message: '',
      },
    ],
    ['a sparse list', [1, , 3], [1, null, 3]], // eslint-disable-line no-sparse-arrays
    ['fields without a value', { a: undefined, b: 1 }, { b: 1 }],
    ['a list with undefined', [undefined], [null]],
  ])('copies %s', (_name, value, expected) => {
    expect(copy(value)).toEqual(expected);
    expect(copy({ inside: [value] })).toEqual({ inside: [expected] });
  });
});

describe('hostile values', () => {
  it.each<[string, unknown, Json]>([
    [
      'a getter that throws',
      {
        a: 1,
        get b() {
          return boom();
        },
        c: 2,
      },
      { a: 1, b: '[unreadable]', c: 2 },
    ],
    [
      'a getter that works',
      {
        get a() {
          return 5;
        },
      },
      { a: 5 },
    ],
    [
      'a list with a getter that throws',
      Object.defineProperty([1, 2], 0, { get: boom }),
      ['[unreadable]', 2],
    ],
    [
      'an own getter of a class',
      Object.defineProperty(new Order(), 'x', { get: boom, enumerable: true }),
      { id: 7, x: '[Getter]' },
    ],
    ['toJSON', { a: 1, toJSON: boom }, { a: 1, toJSON: '[Function boom]' }],
    ['an own iterator', { a: 1, [Symbol.iterator]: boom }, { a: 1 }],
    ['a list with its own iterator', Object.assign([1, 2], { [Symbol.iterator]: boom }), [1, 2]],
    [
      'a map with its own methods',
      Object.defineProperty(Object.assign(new Map([['a', 1]]), { entries: boom }), 'size', { get: boom }),
      { a: 1 },
    ],
    [
      'a set with its own methods',
      Object.defineProperty(Object.assign(new Set([1]), { values: boom }), 'size', { get: boom }),
      [1],
    ],
    ['a thenable', { then: boom, a: 1 }, { then: '[Function boom]', a: 1 }],
    [
      'a hostile name of a class',
      Object.create({
        get constructor() {
          return boom();
        },
      }),
      {},
    ],
    [
      'a hostile toStringTag',
      {
        get [Symbol.toStringTag]() {
          return boom();
        },
        a: 1,
      },
      { a: 1 },
    ],
    ['a proxy', new Proxy({ a: 1 }, { ownKeys: boom, get: boom }), '[Proxy]'],
    ['a revoked proxy', revoked(), '[Proxy]'],
    ['a proxy of a function', new Proxy(() => 1, { get: boom, apply: boom }), '[Proxy]'],
    [
      'a proxy for a prototype',
      Object.create(new Proxy({}, { get: boom, getPrototypeOf: boom })),
      '[unreadable]',
    ],
    ['a cycle', cyclic(), { a: 1, self: '[circular]', list: ['[circular]'] }],
    [
      'polluting names',
      JSON.parse('{"__proto__":{"x":1},"constructor":{"prototype":{"y":1}},"prototype":1,"a":1}'),
      { a: 1 },
    ],
  ])('survives %s', (_name, value, expected) => {
    expect(copy(value)).toEqual(expected);
    expect(copy([value, 'next'])).toEqual([expected, 'next']);
  });

  it('copies a value that is there twice, twice', () => {
    const shared = { a: 1 };
    expect(copy({ first: shared, second: shared, list: [shared, shared] })).toEqual({
      first: { a: 1 },
      second: { a: 1 },
      list: [{ a: 1 }, { a: 1 }],
    });
  });

  it('does not pollute prototypes', () => {
    copy(JSON.parse('{"__proto__":{"polluted":1}}'));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('does not change what it copies', () => {
    const value = Object.freeze({ a: Object.freeze([1, Object.freeze({ b: 'x'.repeat(100_000) })]) });
    const result = copy(value) as Record<string, Json>;
    expect(result).not.toBe(value);
    expect(Object.isFrozen(result)).toBe(false);
  });

  it('gives plain JSON for any value', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withBoxedValues: true,
          withDate: true,
          withMap: true,
          withSet: true,
          withNullPrototype: true,
          withObjectString: true,
          withSparseArray: true,
          withTypedArray: true,
          withUnicodeString: true,
        }),
        (value) => {
          const once = copy(value, { depth: 3, entries: 5, nodes: 30, stringLength: 64 });
          expect(JSON.parse(JSON.stringify(once)) as unknown).toEqual(once);
        },
      ),
    );
  });

  it('changes nothing when it copies a copy', () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 6 }), (value) => {
        const changes = { depth: 3, entries: 4, nodes: 25, stringLength: 64 };
        const once = copy(value, changes);
        expect(copy(once, changes)).toEqual(once);
      }),
    );
  });
});

describe('limits', () => {
  it('shows where it was too deep', () => {
    expect(copy({ a: { b: { c: 1 }, d: [1] } }, { depth: 2 })).toEqual({
      a: { b: '[object, too deep]', d: '[list, too deep]' },
    });
  });

  it('shows how many entries are missing', () => {
    expect(copy([1, 2, 3, 4, 5], { entries: 2 })).toEqual([1, 2, '[3 more entries]']);
    expect(copy({ a: 1, b: 2, c: 3 }, { entries: 2 })).toEqual({ a: 1, b: 2, '…': '[1 more entries]' });
    expect(copy(new Set([1, 2, 3]), { entries: 2 })).toEqual([1, 2, '[1 more entries]']);
    expect(
      copy(
        new Map([
          ['a', 1],
          ['b', 2],
        ]),
        { entries: 1 },
      ),
    ).toEqual({ a: 1, '…': '[1 more entries]' });
  });

  it('stops at the number of values of the event', () => {
    const result = JSON.stringify(copy({ a: Array(50).fill(1), b: Array(50).fill(2) }, { nodes: 20 }));
    expect(result).toContain('more entries');
    expect(result.match(/[12][,\]]/g)?.length).toBeLessThanOrEqual(20);
  });

  it('shares a budget between parts', () => {
    const bounds = limits({ nodes: 10 });
    const budget = createBudget(bounds);
    boundedCopy([1, 2, 3, 4, 5, 6], bounds, budget);
    expect(boundedCopy([1, 2, 3, 4, 5, 6], bounds, budget)).toEqual([1, 2, '[4 more entries]']);
  });

  it('keeps a string longer than the limit until it was masked, but not without bound', () => {
    const text = `${'a '.repeat(200)}end`;
    expect(copy(text, { stringLength: 256 })).toBe(text);
    const cut = copy('a '.repeat(5000), { stringLength: 256 }) as string;
    expect(cut.length).toBeLessThan(256 * 4 + 50);
    expect(cut).toMatch(/… \[truncated, 10000 characters\]$/);
  });

  it('bounds all strings of an event together', () => {
    const result = JSON.stringify(copy(Array(90).fill('y'.repeat(16_000)), { eventBytes: 4096 }));
    expect(result.length).toBeLessThan(4096 * 8 + 90 * 60);
  });

  it('bounds names and keeps both of their ends', () => {
    const [name = ''] = Object.keys(copy({ [`start${'x'.repeat(9000)}password`]: 1 }) as object);
    expect(name.length).toBeLessThan(260);
    expect(name).toMatch(/^start.*…x+password$/);
  });

  it('takes no more than a glance at a large body', () => {
    const lines = Array.from({ length: 300_000 }, (_, id) => ({ id, name: 'x' }));
    const result = copy({ lines, binary: Buffer.alloc(20_000_000) }) as { lines: Json[]; binary: string };
    expect(result.lines).toHaveLength(101);
    expect(result.binary).toBe('[Buffer 20000000 bytes]');
  });
});
