import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprintOf, madeError } from '../../support/made-error.js';

const key = (...args: Parameters<typeof fingerprintOf>) => fingerprintOf(...args).key;

let folder: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'grouping-')));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** An error thrown by the given line of a file that is on the disk. */
function thrownBy(code: string, message: string, { line = 1, fn = 'Users.find' } = {}) {
  const file = join(folder, `users-${line}-${code.length}.js`);
  writeFileSync(file, '\n'.repeat(line - 1) + code);
  const column = code.indexOf('new ') + 1;
  const place = `${file}:${line}:${column}`;
  return madeError({ message, at: [fn === '' ? place : `${fn} (${place})`] });
}

describe('one bug is one issue', () => {
  it('1: whatever the values in the message of one throw line', () => {
    const code = 'throw new Error(`User ${name} not found`);';
    const options = { projectRoot: folder };
    const first = key(thrownBy(code, 'User alice not found'), options);
    expect(key(thrownBy(code, "User O'Hara 99 not found"), options)).toBe(first);
    expect(key(thrownBy(code, 'User \u{1F600}\n  "x" not found'), options)).toBe(first);
    expect(first).toContain('message User <*> not found');
  });

  it('2: before and after lines were inserted above the throw', () => {
    const before = madeError({ at: ['Orders.pay (/srv/app/dist/orders.js:10:3)'] });
    const after = madeError({ at: ['Orders.pay (/srv/app/dist/orders.js:40:7)'] });
    expect(key(after)).toBe(key(before));
  });

  it('3: run by ts-node, from dist, and from dist with source maps', () => {
    const keys = ['src/a.ts', 'dist/a.js', 'dist/src/a.js', 'src/a.mts'].map((file) =>
      key(madeError({ at: [`Orders.pay (/srv/app/${file}:10:3)`] })),
    );
    expect(new Set(keys).size).toBe(1);
  });

  it('4: called through another receiver', () => {
    const keys = ['CatsService.find', 'Object.find [as handler]', 'async CatsService.find', 'bound find'].map(
      (fn) => key(madeError({ at: [`${fn} (/srv/app/dist/cats.js:1:2)`] })),
    );
    expect(new Set(keys).size).toBe(1);
  });

  it('5: with and without frames of the framework and of Node', () => {
    const bare = madeError({ at: ['Cats.find (/srv/app/dist/cats.js:1:2)'] });
    const long = madeError({
      at: [
        'Cats.find (/srv/app/dist/cats.js:1:2)',
        'process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
        'async /srv/app/node_modules/@nestjs/core/router/router-execution-context.js:46:28',
      ],
    });
    expect(key(long)).toBe(key(bare));
  });

  it('6: at another index of Promise.all', () => {
    const keys = [0, 7].map((index) =>
      key(
        madeError({
          at: [
            'load (/srv/app/dist/a.js:1:2)',
            `async Promise.all (index ${index})`,
            'async run (/srv/app/dist/a.js:5:2)',
          ],
        }),
      ),
    );
    expect(keys[0]).toBe(keys[1]);
  });

  it('7: at another depth of a recursion', () => {
    const walk = 'walk (/srv/app/dist/tree.js:3:2)';
    const shallow = madeError({
      at: [...Array<string>(5).fill(walk), 'Trees.load (/srv/app/dist/trees.js:1:1)'],
    });
    const deep = madeError({ at: Array<string>(50).fill(walk) });
    expect(key(deep)).toBe(key(shallow));
  });

  it('7: at another point of a cycle of functions', () => {
    const cycle = ['a (/srv/app/dist/x.js:1:1)', 'b (/srv/app/dist/x.js:2:1)', 'c (/srv/app/dist/y.js:3:1)'];
    const keys = [0, 1, 2].map((start) =>
      key(
        madeError({
          name: 'RangeError',
          message: 'Maximum call stack size exceeded',
          at: Array.from({ length: 30 }, (_, n) => cycle[(start + n) % 3] ?? ''),
        }),
      ),
    );
    expect(new Set(keys).size).toBe(1);
  });

  it('7: where a stack overflow hits a helper of the cycle', () => {
    const overflow = (...top: string[]) =>
      madeError({
        name: 'RangeError',
        message: 'Maximum call stack size exceeded',
        at: [...top, ...Array<string>(20).fill('walk (/srv/app/dist/tree.js:3:2)')],
      });
    expect(key(overflow('isLeaf (/srv/app/dist/tree.js:9:2)'))).toBe(key(overflow()));
  });

  it('8: in another folder, on Windows, and as an ES module', () => {
    const error = (file: string) => madeError({ at: [`Orders.pay (${file}:10:3)`] });
    const posix = key(error('/srv/app/dist/orders/pay.js'));
    expect(key(error('C:\\app\\dist\\orders\\pay.js'), { projectRoot: 'c:\\app' })).toBe(posix);
    expect(key(error('file:///app/dist/orders/pay.js'), { projectRoot: '/app' })).toBe(posix);
    expect(key(error('file:///C:/my%20app/dist/orders/pay.js'), { projectRoot: 'C:\\my app' })).toBe(posix);
    expect(key(error('webpack://shop/./src/orders/pay.ts'))).toBe(posix);
    expect(posix).toContain('frame orders/pay pay');
  });

  it('9: in another bundle or another version of a package', () => {
    const bundles = ['main.4f3a2b1c.js', 'main.9c0d1e2f.js'].map((file) =>
      key(madeError({ at: [`pay (/srv/app/dist/${file}:1:2)`] })),
    );
    expect(bundles[0]).toBe(bundles[1]);
    const versions = ['8.15.5', '8.16.0'].map((version) =>
      key(
        madeError({
          at: [`Client.parse (/srv/app/node_modules/.pnpm/pg@${version}/node_modules/pg/lib/client.js:1:2)`],
        }),
      ),
    );
    expect(versions[0]).toBe(versions[1]);
    expect(versions[0]).toContain('package pg parse');
  });

  it('10: with another value for the same constraint', () => {
    const keys = ['a@shop.example', 'b c'].map((value) =>
      key(
        madeError({
          message: `duplicate key value violates unique constraint "users_email_key" Key (email)=(${value}) already exists.`,
          at: ['UsersRepository.create (/srv/app/dist/users.js:1:2)'],
          properties: { code: '23505' },
        }),
      ),
    );
    expect(keys[0]).toBe(keys[1]);
    expect(keys[0]).toContain('Key (email)=(<*>)');
  });
});

describe('two bugs are two issues', () => {
  const at = ['Orders.pay (/srv/app/dist/orders.js:10:3)'];

  it('11: two texts thrown in one function', () => {
    const options = { projectRoot: folder };
    expect(key(madeError({ message: 'card declined', at }))).not.toBe(
      key(madeError({ message: 'card expired', at })),
    );
    expect(key(thrownBy('throw new Error(`Card ${id} declined`);', 'Card 1 declined'), options)).not.toBe(
      key(thrownBy('throw new Error(`Card ${id} not found`);', 'Card 1 not found'), options),
    );
  });

  it('12: two states of the database', () => {
    const error = (code: string) =>
      madeError({ name: 'QueryFailedError', message: 'failed', at, properties: { code } });
    expect(key(error('23505'))).not.toBe(key(error('42703')));
  });

  it('13: two causes of a failed fetch', () => {
    const error = (code: string) =>
      madeError({
        name: 'TypeError',
        message: 'fetch failed',
        at,
        properties: { cause: madeError({ properties: { code } }) },
      });
    expect(key(error('ECONNREFUSED'))).not.toBe(key(error('UND_ERR_HEADERS_TIMEOUT')));
  });

  it('14: two failures of a driver that lost the caller', () => {
    const error = (code: string) =>
      madeError({
        message: 'query failed',
        at: ['Packet.asError (/srv/app/node_modules/mysql2/lib/packets/packet.js:740:17)'],
        properties: { code },
      });
    expect(key(error('ER_DUP_ENTRY'))).not.toBe(key(error('ER_LOCK_DEADLOCK')));
  });

  it('14: failures without a stack in two jobs', () => {
    const job = (transaction: string) => key(madeError({}), { source: 'cron', transaction });
    expect(job('nightly')).not.toBe(job('hourly'));
  });

  it('15: two properties of undefined', () => {
    const error = (property: string) =>
      madeError({
        name: 'TypeError',
        message: `Cannot read properties of undefined (reading '${property}')`,
        at,
      });
    expect(key(error('id'))).not.toBe(key(error('name')));
  });

  it('16: one helper called by two services', () => {
    const error = (caller: string) =>
      madeError({
        at: ['assertOwner (/srv/app/dist/owner.js:1:2)', `${caller} (/srv/app/dist/services.js:4:2)`],
      });
    expect(key(error('Orders.pay'))).not.toBe(key(error('Cats.feed')));
  });

  it('17: two anonymous functions of one file', () => {
    const options = { projectRoot: folder };
    const keys = ['list.map((o) => pay(new Card(o)));', 'list.map((o) => ship(new Box(o)));'].map((code) =>
      key(thrownBy(code, 'boom', { fn: '' }), options).replaceAll(/users-1-\d+/g, 'users'),
    );
    expect(keys[0]).not.toBe(keys[1]);
  });

  it('18: two sets of aggregated errors', () => {
    const timeout = () => madeError({ name: 'TimeoutError', message: 'timeout' });
    const auth = () => madeError({ name: 'AuthError', message: 'denied' });
    const aggregate = (...errors: Error[]) => key(new AggregateError(errors, 'all failed'));
    expect(aggregate(timeout(), timeout())).not.toBe(aggregate(timeout(), auth()));
    expect(aggregate(timeout(), auth())).toBe(aggregate(auth(), timeout(), timeout()));
  });

  it('19: two root causes behind one wrapper', () => {
    const error = (cause: Error) => {
      const middle = madeError({ message: 'step failed', properties: { cause } });
      return madeError({ name: 'ServiceError', message: 'sync failed', at, properties: { cause: middle } });
    };
    expect(key(error(madeError({ message: 'timeout' })))).not.toBe(
      key(error(madeError({ message: 'quota used up' }))),
    );
  });

  it('20: two statuses of an outbound request', () => {
    const typed = (status: number) =>
      madeError({ name: 'AxiosError', message: 'Request failed', at, properties: { response: { status } } });
    const text = (status: number) => madeError({ message: `Request failed with status code ${status}`, at });
    expect(key(typed(404))).not.toBe(key(typed(503)));
    expect(key(text(404))).not.toBe(key(text(503)));
  });
});

it('takes no line of a message for a frame', () => {
  const at = ['Orders.pay (/srv/app/dist/orders.js:10:3)'];
  const message = 'boom\n    at evil (/srv/app/dist/evil.js:1:1)';
  expect(key(madeError({ message, at }))).toBe(key(madeError({ message: 'boom', at })));
});
