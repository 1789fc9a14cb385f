import { HttpException } from '@nestjs/common';
import { ownProperties } from '../../../lib/intake/own-properties.js';
import { createBudget } from '../../../lib/bounds/copy-budget.js';
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

it('keeps findings that are no exceptions, and not those that are', () => {
  const findings = [{ field: 'a', rule: 'min' }];
  expect(of(Object.assign(new Error('x'), { errors: findings }))).toEqual({ errors: findings });
  expect(of(Object.assign(new Error('x'), { errors: [new Error('y')] }))).toBeUndefined();
  expect(of(Object.assign(new Error('x'), { options: { retries: 3 } }))).toEqual({ options: { retries: 3 } });
  expect(of(new HttpException('x', 500, { cause: new Error('y') }))).toEqual({ response: 'x', status: 500 });
});

it('has no statement into which a driver wrote the values', () => {
  const driver = { sql: "INSERT INTO users VALUES ('hunter2')", sqlMessage: 'no', sqlState: '23000' };
  expect(of(Object.assign(new Error('x'), driver))).toEqual({ sqlMessage: 'no', sqlState: '23000' });
});

it.each([
  ['binary data', Buffer.alloc(10_000_000)],
  ['a text in an object', new String('x'.repeat(1_000_000))],
  ['a list', Array.from({ length: 100_000 }, () => 1)],
])('tells nothing of %s: each byte of it would be a property', (_what, thrown) => {
  expect(of(thrown)).toBeUndefined();
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
  const deep = {
    data: Object.defineProperty({}, 'lazy', {
      enumerable: true,
      get: () => {
        throw new Error('it ran');
      },
    }),
  };
  expect(of(Object.assign(new Error('x'), deep))).toEqual({ data: { lazy: '[Getter]' } });
});

it('stays within bounds', () => {
  const wide = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`k${index}`, index]));
  const kept = of(wide) ?? {};
  expect(Object.keys(kept)).toHaveLength(31);
  expect(kept['…']).toBe('[970 more entries]');
  const deep = { a: { b: { c: { d: { e: { f: 1 } } } } } };
  expect(JSON.stringify(of(deep))).toContain('too deep');
});

it('keeps no body that the request’s own is not kept of', () => {
  const thrown = Object.assign(new SyntaxError('x'), { body: '{"a":', type: 'entity.parse.failed' });
  expect(of(thrown)).toEqual({ body: '{"a":', type: 'entity.parse.failed' });
  const without = resolveOptions({ capture: { request: { body: false } } });
  expect(of(thrown, {}, without)).toEqual({ type: 'entity.parse.failed' });
});
