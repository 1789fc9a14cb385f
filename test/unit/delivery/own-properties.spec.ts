import { ownProperties } from '../../../lib/delivery/own-properties.js';
import { createBudget } from '../../../lib/masking/bounded-copy.js';
import { resolveOptions } from '../../../lib/options/resolve-options.js';

const options = resolveOptions({});
const of = (thrown: unknown, facts: Record<string, string | number> = {}, given = options) =>
  ownProperties(thrown, facts, given, createBudget(given.limits));

it('tells what an exception carries besides its message and facts', () => {
  const error = Object.assign(new Error('x', { cause: 1 }), {
    code: 'E',
    orderId: 7,
    details: { lines: [1, 2] },
    retry: () => undefined,
    nothing: undefined,
  });
  expect(of(error, { code: 'E' })).toEqual({ orderId: 7, details: { lines: [1, 2] } });
  expect(of({ why: 'thrown as it is' })).toEqual({ why: 'thrown as it is' });
});

it('never has the parameters of a query', () => {
  expect(of(Object.assign(new Error('x'), { query: 'SELECT $1', parameters: ['hunter2'] }))).toEqual({
    query: 'SELECT $1',
  });
});

it.each([
  ['nothing of an error that carries nothing', new Error('x')],
  ['nothing of a text', 'text'],
  ['nothing of null', null],
  [
    'nothing of a Proxy',
    new Proxy(
      { a: 1 },
      {
        ownKeys: () => {
          throw new Error('trap');
        },
      },
    ),
  ],
])('tells %s', (_what, thrown) => {
  expect(of(thrown)).toBeUndefined();
});

it('runs no getter', () => {
  const thrown = Object.defineProperty(new Error('x'), 'lazy', {
    enumerable: true,
    get: () => {
      throw new Error('the getter ran');
    },
  });
  expect(of(thrown)).toBeUndefined();
});

it('stays within bounds', () => {
  const wide = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`k${index}`, index]));
  expect(Object.keys(of(wide) ?? {})).toHaveLength(30);
  const deep = { a: { b: { c: { d: { e: { f: 1 } } } } } };
  expect(JSON.stringify(of(deep))).toContain('too deep');
});

it('keeps no body that the request’s own is not kept of', () => {
  const thrown = Object.assign(new SyntaxError('x'), { body: '{"a":', type: 'entity.parse.failed' });
  expect(of(thrown)).toEqual({ body: '{"a":', type: 'entity.parse.failed' });
  const without = resolveOptions({ capture: { request: { body: false } } });
  expect(of(thrown, {}, without)).toEqual({ type: 'entity.parse.failed' });
});
