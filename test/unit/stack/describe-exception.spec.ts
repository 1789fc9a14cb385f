import { createServer } from 'node:net';
import { runInNewContext } from 'node:vm';
import { HttpException, InternalServerErrorException } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { describeException } from '../../../lib/stack/describe-exception.js';

const ROOT = process.cwd();
const describeIt = (thrown: unknown) => describeException(thrown, ROOT).exceptions;
const first = (thrown: unknown) => describeIt(thrown)[0];

class PaymentError extends Error {}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function throwing(...keys: string[]): Error {
  const error = new Error('boom');
  // Made on first use, from the name and the message.
  void error.stack;
  for (const key of keys) {
    Object.defineProperty(error, key, {
      get() {
        throw new Error('no');
      },
    });
  }
  return error;
}

describe('anything that can be thrown', () => {
  const everyTrapThrows = new Proxy(new Error('x'), {
    get() {
      throw new Error('no');
    },
    getPrototypeOf() {
      throw new Error('no');
    },
    ownKeys() {
      throw new Error('no');
    },
  });

  it.each<[string, () => unknown, string, string]>([
    ['a string', () => 'boom', 'NonError', 'boom'],
    ['an empty string', () => '', 'NonError', ''],
    ['a number', () => 42, 'NonError', '42'],
    ['a bigint', () => 10n, 'NonError', '10'],
    ['a boolean', () => false, 'NonError', 'false'],
    ['undefined', () => undefined, 'NonError', 'undefined'],
    ['null', () => null, 'NonError', 'null'],
    ['a symbol', () => Symbol('x'), 'NonError', 'Symbol(x)'],
    ['a function', () => function pay() {}, 'NonError', 'function pay'],
    ['a class', () => PaymentError, 'NonError', 'function PaymentError'],
    ['a promise', () => Promise.resolve(1), 'Promise', 'a promise'],
    ['an object', () => ({ id: 7, card: '4111' }), 'NonError', 'object with keys card, id'],
    ['an object without keys', () => ({}), 'NonError', 'object without keys'],
    ['an object without prototype', () => Object.create(null), 'NonError', 'object without keys'],
    ['an object with a message', () => ({ message: 'boom', id: 1 }), 'NonError', 'boom'],
    ['an object with a name', () => ({ name: 'Failure' }), 'NonError', 'Failure'],
    ['an array', () => [1, 2], 'Array', 'array of 2'],
    ['binary data', () => Buffer.from('secret'), 'Buffer', 'binary data of 6 bytes'],
    ['an instance of a class', () => new (class Failure {})(), 'Failure', 'object without keys'],
    ['a revoked Proxy', () => revoked(), 'NonError', 'a value that cannot be read'],
    ['a Proxy whose traps throw', () => everyTrapThrows, 'NonError', 'a value that cannot be read'],
    ['an error without a message', () => new Error(), 'Error', ''],
    ['an error whose message is a number', () => Object.assign(new Error(), { message: 5 }), 'Error', '5'],
    [
      'an error whose message is an object',
      () => Object.assign(new Error(), { message: { a: 1 } }),
      'Error',
      'object with keys a',
    ],
    ['an error whose message is null', () => Object.assign(new Error(), { message: null }), 'Error', ''],
    [
      'an error whose getters throw',
      () => throwing('name', 'message', 'stack', 'cause', 'code', 'constructor'),
      'Error',
      '',
    ],
    ['an error of another realm', () => runInNewContext('new RangeError("far")'), 'RangeError', 'far'],
    [
      'an error behind a Proxy',
      () => new Proxy(new PaymentError('declined'), {}),
      'PaymentError',
      'declined',
    ],
    ['an error by shape', () => ({ name: 'Odd', message: 'boom', stack: 'Odd: boom' }), 'Odd', 'boom'],
  ])('%s is described', (_what, make, type, value) => {
    expect(first(make())).toMatchObject({ type, value });
  });

  it('has no frames where the stack is no text', () => {
    expect(first(Object.assign(new Error('x'), { stack: { not: 'text' } }))?.frames).toEqual([]);
    expect(first(throwing('stack'))?.frames).toEqual([]);
  });

  it('is never run or changed', () => {
    const then = jest.fn();
    const thenable = Object.freeze({ then, toString: then, toJSON: then, [Symbol.toPrimitive]: then });
    expect(describeIt(thenable)).toHaveLength(1);
    expect(then).not.toHaveBeenCalled();
  });

  it('is cut to 64 KiB', () => {
    expect(first('x'.repeat(1_000_000))?.value).toHaveLength(65_536);
    expect(first(new Error('x'.repeat(1_000_000)))?.value).toHaveLength(65_536);
  });
});

describe('the type of an error', () => {
  class Named extends Error {
    override name = 'CardDeclined';
  }
  class DatabaseError extends Error {
    override name = 'error';
  }

  it.each([
    [new PaymentError('x'), 'PaymentError'],
    [new Named('x'), 'CardDeclined'],
    [new DatabaseError('x'), 'DatabaseError'],
    [new (class PayTypeError extends TypeError {})('x'), 'PayTypeError'],
    [new (class t extends TypeError {})('x'), 'TypeError'],
    [Object.assign(new Error('x'), { name: 'Failed for user 5' }), 'Error'],
    [Object.assign(new PaymentError('x'), { name: 'Failed for user 5' }), 'PaymentError'],
    [Object.assign(new Error('x'), { name: 5 }), 'Error'],
    [new InternalServerErrorException('x'), 'InternalServerErrorException'],
    [new DOMException('x', 'TimeoutError'), 'TimeoutError'],
  ])('%s is %s', (error, type) => expect(first(error)?.type).toBe(type));

  it('is not the internal class of errors of Node', () => {
    const error: unknown = (() => {
      try {
        return Buffer.from(5 as never);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(first(error)).toMatchObject({ type: 'TypeError', facts: { code: 'ERR_INVALID_ARG_TYPE' } });
  });
});

describe('facts', () => {
  const facts = (properties: object) => first(Object.assign(new Error('x'), properties))?.facts;

  it('are typed properties, bounded', () => {
    expect(facts({ code: 'E1', syscall: 'open', errno: -2, path: '/x', password: 'p' })).toEqual({
      code: 'E1',
      syscall: 'open',
      errno: -2,
    });
    expect(facts({ code: 'x'.repeat(1000) })).toEqual({ code: 'x'.repeat(200) });
    expect(facts({ code: {}, status: Number.NaN, errno: () => 1, table: '' })).toEqual({});
  });

  it('name the status of an HTTP exception', () => {
    expect(first(new HttpException({ message: 'x' }, 502))?.facts).toEqual({ status: 502 });
  });

  it('name the status that a client was answered, and nothing of its configuration', () => {
    const properties = {
      isAxiosError: true,
      code: 'ERR_BAD_REQUEST',
      config: { auth: 'a' },
      response: { status: 404, data: 'd' },
    };
    expect(facts(properties)).toEqual({ code: 'ERR_BAD_REQUEST', status: 404 });
    expect(facts({ response: { statusCode: 503 } })).toEqual({ status: 503 });
  });

  it('survive a status that cannot be had', () => {
    const getStatus = () => {
      throw new Error('no');
    };
    expect(facts({ getStatus, code: 'E1' })).toEqual({ code: 'E1' });
  });
});

describe('failed queries', () => {
  it.each<[string, Error, object]>([
    [
      'PostgreSQL',
      Object.assign(new Error('duplicate key'), {
        code: '23505',
        constraint: 'users_email_key',
        table: 'users',
        schema: 'public',
        detail: 'Key (email)=(a@x) already exists.',
      }),
      { code: '23505', constraint: 'users_email_key', table: 'users', schema: 'public' },
    ],
    [
      'MySQL',
      Object.assign(new Error('Duplicate entry'), {
        code: 'ER_DUP_ENTRY',
        errno: 1062,
        sqlState: '23000',
        sql: "INSERT … 'secret'",
      }),
      { code: 'ER_DUP_ENTRY', errno: 1062, sqlState: '23000' },
    ],
    [
      'SQLite',
      Object.assign(new Error('UNIQUE constraint failed: users.email'), { code: 'SQLITE_CONSTRAINT_UNIQUE' }),
      { code: 'SQLITE_CONSTRAINT_UNIQUE' },
    ],
  ])('of %s tell what the driver said, and no value', (_database, driverError, facts) => {
    const described = describeIt(new QueryFailedError('INSERT …', ['secret'], driverError));
    expect(described).toHaveLength(1);
    expect(described[0]).toMatchObject({ type: 'QueryFailedError', value: driverError.message });
    expect(described[0]?.facts).toEqual(facts);
    expect(JSON.stringify(described)).not.toContain('secret');
  });

  it('show a driver error that says something else', () => {
    const error = Object.assign(new Error('could not save'), { driverError: new Error('disk full') });
    expect(describeIt(error).map(({ value, relation, parent }) => ({ value, relation, parent }))).toEqual([
      { value: 'could not save', relation: undefined, parent: undefined },
      { value: 'disk full', relation: 'cause', parent: 0 },
    ]);
  });
});

describe('chains', () => {
  it('list causes behind what they caused', () => {
    const error = new Error('outer', { cause: new PaymentError('middle', { cause: 'inner' }) });
    expect(describeIt(error)).toMatchObject([
      { value: 'outer' },
      { value: 'middle', type: 'PaymentError', relation: 'cause', parent: 0 },
      { value: 'inner', type: 'NonError', relation: 'cause', parent: 1 },
    ]);
  });

  it('end where they close', () => {
    const inner = new Error('inner');
    const outer = new Error('outer', { cause: inner });
    inner.cause = outer;
    expect(describeIt(outer)).toHaveLength(2);
    const selfish = new Error('selfish');
    selfish.cause = selfish;
    expect(describeIt(selfish)).toHaveLength(1);
  });

  it('end after ten levels', () => {
    let error = new Error('root');
    for (let n = 0; n < 1000; n++) error = new Error(`level ${n}`, { cause: error });
    expect(describeIt(error)).toHaveLength(10);
  });

  it('list twenty aggregated errors and count the others', () => {
    const errors = Array.from({ length: 10_000 }, (_, n) => new Error(`child ${n}`));
    const described = describeIt(new AggregateError(errors, 'all failed'));
    expect(described).toHaveLength(21);
    expect(described[0]?.facts).toEqual({ omittedErrors: 9980 });
    expect(described[20]).toMatchObject({ value: 'child 19', relation: 'aggregated', parent: 0 });
  });

  it('stay small however they branch', () => {
    const branch = (depth: number): Error =>
      new AggregateError(
        depth === 0 ? [] : Array.from({ length: 5 }, () => branch(depth - 1)),
        `level ${depth}`,
      );
    expect(describeIt(branch(5))).toHaveLength(50);
  });

  it('take findings of a validation for no exceptions', () => {
    expect(describeIt(Object.assign(new Error('invalid'), { errors: [{ path: 'a' }, 'b'] }))).toHaveLength(1);
  });

  it('survive aggregated errors that cannot be read', () => {
    expect(describeIt(Object.assign(new AggregateError([], 'x'), { errors: revoked() }))).toHaveLength(1);
    expect(describeIt(new AggregateError([revoked(), undefined], 'x'))).toHaveLength(3);
  });

  it('show why a fetch failed', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    const error: unknown = await fetch(`http://127.0.0.1:${port}`).catch((thrown: unknown) => thrown);
    expect(describeIt(error)).toMatchObject([
      { type: 'TypeError', value: 'fetch failed' },
      { facts: { code: 'ECONNREFUSED', syscall: 'connect', port }, relation: 'cause', parent: 0 },
    ]);
  });
});

describe('frames of a real error', () => {
  it('lead through awaited methods', async () => {
    class Orders {
      async pay(): Promise<void> {
        await Promise.resolve();
        throw new PaymentError('declined\n    at evil (evil.js:1:1)');
      }
    }
    class Controller {
      async create(): Promise<void> {
        await new Orders().pay();
      }
    }
    const error: unknown = await new Controller().create().catch((thrown: unknown) => thrown);
    const frames = first(error)?.frames.filter((frame) => frame.inApp);
    expect(frames?.slice(0, 2)).toMatchObject([
      { file: 'test/unit/stack/describe-exception.spec.ts', function: 'Orders.pay' },
      { file: 'test/unit/stack/describe-exception.spec.ts', function: 'Controller.create' },
    ]);
  });
});

describe('what is left out', () => {
  const chain = (length: number): Error => {
    let error = new Error('root');
    for (let n = 1; n < length; n++) error = new Error(`link ${String(n)}`, { cause: error });
    return error;
  };

  it('is said', () => {
    expect(describeException(chain(10), ROOT)).toMatchObject({ isCut: false });
    expect(describeException(chain(11), ROOT)).toMatchObject({ isCut: true });
    const tree = new AggregateError(
      Array.from({ length: 15 }, () => new AggregateError([new Error('a'), new Error('b'), new Error('c')])),
    );
    expect(describeException(tree, ROOT)).toMatchObject({ isCut: true });
    expect(describeException(new AggregateError([new Error('a')]), ROOT)).toMatchObject({ isCut: false });
  });

  it('takes no time', () => {
    expect(describeIt(2n ** 3_000_000n)[0]?.value).toBe('a very large BigInt');
    expect(describeIt(new String('a text'))[0]?.value).toBe('a text');
  });
});
