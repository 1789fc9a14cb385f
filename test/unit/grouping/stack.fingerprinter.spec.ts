import { createHash } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { QueryFailedError } from 'typeorm';
import { fileKey, functionKey } from '../../../lib/grouping/frame-key.js';
import { fingerprintOf, madeError } from '../../support/made-error.js';

const at = ['Orders.pay (/srv/app/dist/orders/orders.service.js:10:3)'];
const key = (...args: Parameters<typeof fingerprintOf>) => fingerprintOf(...args).key;

describe('fingerprint', () => {
  it('shows its parts, one per line', () => {
    const cause = madeError({
      name: 'ConnectionError',
      message: 'connect ECONNREFUSED 10.0.0.1:5432',
      at: ['Pool.connect (/srv/app/src/db/pool.ts:1:1)'],
      properties: { code: 'ECONNREFUSED', syscall: 'connect', address: '10.0.0.1', port: 5432 },
    });
    const error = madeError({
      name: 'PaymentError',
      message: 'card 5 declined',
      at,
      properties: { cause, status: 402 },
    });
    expect(key(error).split('\n')).toEqual([
      'type PaymentError',
      'status 402',
      'message card <*> declined',
      'frame orders/orders.service pay',
      'cause type ConnectionError',
      'cause code ECONNREFUSED',
      'cause syscall connect',
      'cause frame db/pool connect',
    ]);
  });

  it('is the SHA-256 of the length-prefixed parts', () => {
    const { hash, algorithm } = fingerprintOf(madeError({ message: 'boom', at }));
    const parts = ['type Error', 'message boom', 'frame orders/orders.service pay'];
    const text = `v1;${parts.map((part) => `${part.length}:${part}`).join('')}`;
    expect(hash).toBe(createHash('sha256').update(text).digest('hex'));
    expect(algorithm).toBe('v1');
  });

  it('does not count source, transaction, schema and addresses of a failure that has a place', () => {
    const error = (schema: string) =>
      madeError({ at, properties: { schema, hostname: `${schema}.example`, port: 443 } });
    expect(key(error('a'), { source: 'http', transaction: '/a' })).toBe(
      key(error('b'), { source: 'cron', transaction: 'b' }),
    );
  });

  it('survives an event without anything', () => {
    expect(fingerprintOf(undefined, { exceptions: [] }).key).toBe('message ');
  });
});

describe('explicit fingerprint', () => {
  const error = madeError({ message: 'boom', at });

  it('wins', () => {
    expect(fingerprintOf(error, { explicit: ['payments', 'down'] })).toMatchObject({
      algorithm: 'custom',
      key: 'payments\ndown',
    });
    expect(fingerprintOf(error, { explicit: ['a'] }).hash).not.toBe(
      fingerprintOf(error, { explicit: ['b'] }).hash,
    );
  });

  it('may add to the built-in parts', () => {
    const { key: text, algorithm } = fingerprintOf(error, { explicit: ['{{ default }}', 'tenant a'] });
    expect(text.split('\n')).toEqual([
      'type Error',
      'message boom',
      'frame orders/orders.service pay',
      'tenant a',
    ]);
    expect(algorithm).toBe('custom');
  });

  it('of nothing or of the built-in parts alone is none', () => {
    const builtIn = fingerprintOf(error);
    expect(fingerprintOf(error, { explicit: [] })).toEqual(builtIn);
    expect(fingerprintOf(error, { explicit: ['{{default}}'] })).toEqual(builtIn);
  });

  it('keeps parts apart whatever is in them', () => {
    expect(fingerprintOf(error, { explicit: ['a\nb'] }).hash).not.toBe(
      fingerprintOf(error, { explicit: ['a', 'b'] }).hash,
    );
  });

  it('is bounded', () => {
    const { key: text } = fingerprintOf(error, { explicit: Array<string>(1000).fill('x'.repeat(10_000)) });
    expect(text.length).toBeLessThan(11_000);
  });
});

describe('messages', () => {
  const message = (text: string) => fingerprintOf(undefined, { exceptions: [], message: text }).hash;

  it('are one issue by their template', () => {
    expect(message('queue has 5 jobs')).toBe(message('queue has 17 jobs'));
    expect(message('queue has 5 jobs')).not.toBe(message('queue lost 5 jobs'));
  });
});

describe('values that are no errors', () => {
  it.each<[string, unknown, unknown, boolean]>([
    ['texts by their template', 'order 5 failed', 'order 6 failed', true],
    ['other texts', 'order 5 failed', 'mail 5 failed', false],
    ['objects by their keys', { id: 1 }, { id: 2 }, true],
    ['other objects', { id: 1 }, { name: 1 }, false],
    ['codes', { code: 1 }, { code: 2 }, false],
    ['nothing and a text', undefined, 'undefined!', false],
  ])('%s', (_what, one, other, isSame) => {
    expect(key(one) === key(other)).toBe(isSame);
  });

  it('of another realm are grouped as errors', () => {
    expect(key(runInNewContext('new TypeError("far")'))).toContain('type TypeError\nmessage far');
  });
});

describe('stacks that do not lead into the application', () => {
  it('are told apart by package, function and destination', () => {
    const error = (port: number) =>
      madeError({
        message: 'lost',
        at: [
          'afterConnect (node:net:1611:16)',
          'new Client (/srv/app/node_modules/@redis/client/dist/client.js:1:2)',
          'async Pool.get (/srv/app/node_modules/generic-pool/lib/Pool.js:5:6)',
          'more (/srv/app/node_modules/other/index.js:5:6)',
        ],
        properties: { hostname: 'cache.internal', port },
      });
    expect(key(error(6379)).split('\n')).toEqual([
      'type Error',
      'message lost',
      'package @redis/client Client',
      'package generic-pool get',
      'host cache.internal',
      'port 6379',
    ]);
    expect(key(error(40_000))).not.toContain('port');
  });

  it('of an outage of the database are one issue on all routes', () => {
    const error = (address: string) =>
      madeError({
        message: `connect ECONNREFUSED ${address}:5432`,
        at: ['TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)'],
        properties: { code: 'ECONNREFUSED', syscall: 'connect', address, port: 5432 },
      });
    expect(key(error('10.0.0.1'), { transaction: '/a' })).toBe(key(error('10.0.0.2'), { transaction: '/b' }));
  });

  it('and tell nothing else are told apart by source and transaction', () => {
    expect(key(madeError({}), { source: 'cron', transaction: 'nightly' })).toContain(
      'source cron\ntransaction nightly',
    );
  });
});

describe('failed queries', () => {
  it('are one issue whatever the values, and several by constraint', () => {
    const error = (value: string, constraint: string) =>
      madeError({
        name: 'QueryFailedError',
        message: `doppelter Schlüssel ${value}`,
        at,
        properties: {
          driverError: Object.assign(new Error(`doppelter Schlüssel ${value}`), {
            code: '23505',
            constraint,
          }),
        },
      });
    expect(key(error('a', 'users_email_key'))).toBe(key(error('b', 'users_email_key')));
    expect(key(error('a', 'users_email_key'))).not.toBe(key(error('a', 'users_name_key')));
  });

  it('never show statement or parameters', () => {
    const driverError = Object.assign(new Error("Duplicate entry 's3cret' for key 'users.email'"), {
      code: 'ER_DUP_ENTRY',
      sql: 's3cret',
    });
    const text = key(new QueryFailedError('INSERT s3cret', ['s3cret'], driverError));
    expect(text).toContain("message Duplicate entry <*> for key 'users.email'");
    expect(text).not.toContain('s3cret');
  });
});

describe('real errors', () => {
  class PaymentError extends Error {}

  class Orders {
    async pay(id: string): Promise<void> {
      await Promise.resolve();
      throw new PaymentError(`Order ${id} could not be paid`);
    }
    countDown(depth: number): void {
      if (depth === 0) throw new Error('at the end');
      this.countDown(depth - 1);
    }
  }

  const options = { projectRoot: process.cwd() };
  const caught = async (run: () => unknown): Promise<unknown> => {
    try {
      return await run();
    } catch (error) {
      return error;
    }
  };

  it('that differ only by id are one issue', async () => {
    const pay = async (id: string) => key(await caught(() => new Orders().pay(id)), options);
    const first = await pay('alice');
    expect(first.split('\n').slice(0, 3)).toEqual([
      'type PaymentError',
      'message Order <*> could not be paid',
      'frame test/unit/grouping/stack.fingerprinter.spec pay',
    ]);
    expect(await pay("o'hara 5")).toBe(first);
  });

  it('of a recursion are one issue at every depth', async () => {
    const thrown = async (depth: number) => key(await caught(() => new Orders().countDown(depth)), options);
    expect(await thrown(3)).toBe(await thrown(200));
  });

  it('of two methods with one name are no recursion', () => {
    const at = (caller: string) => [
      'Orders.pay (/srv/app/a.js:1:1)',
      'Cart.pay (/srv/app/a.js:9:1)',
      `${caller} (/srv/app/b.js:1:1)`,
    ];
    expect(key(madeError({ at: at('checkOut') }))).not.toBe(key(madeError({ at: at('renew') })));
  });

  it('aggregated by the thousands make a short key', () => {
    const errors = Array.from({ length: 10_000 }, (_, n) =>
      Object.assign(new Error('x'), { code: `E${n % 10}` }),
    );
    const text = key(new AggregateError(errors, 'all failed'), options);
    expect(text.split('\n').filter((line) => line.startsWith('error '))).toHaveLength(5);
  });
});

describe('keys of files and functions', () => {
  it.each([
    ['dist/src/a.js', 'a'],
    ['apps/api/src/a.ts', 'apps/api/a'],
    ['dist/apps/api/a.mjs', 'apps/api/a'],
    ['libs/src-tools/a.ts', 'libs/src-tools/a'],
    ['chunk-7PLKHY3X.js', 'chunk-*'],
    ['main.4f3a2b1c.js', 'main.*'],
    ['orders.service.ts', 'orders.service'],
    ['payments-gateways.js', 'payments-gateways'],
  ])('file %s is %s', (file, expected) => expect(fileKey(file)).toBe(expected));

  it.each([
    ['OrdersService.pay', 'pay'],
    ['async Promise.all', 'all'],
    ['new Orders', 'Orders'],
    ['Orders.#secret', '#secret'],
    ['Timeout._onTimeout', undefined],
    ['Object.<anonymous>', undefined],
    ['Object.find [as handler]', 'find'],
    [undefined, undefined],
  ])('function %s is %s', (name, expected) => expect(functionKey(name)).toBe(expected));
});
