import { DataSource, type DataSourceOptions, type QueryRunner } from 'typeorm';
import type { Dialect } from '../../../../lib/storage/typeorm/dialect/dialect.js';
import { dialectOf } from '../../../../lib/storage/typeorm/dialect/dialect-of.js';
import { Session } from '../../../../lib/storage/typeorm/session.js';
import { FOR_UPDATE, NOTHING, sql, table } from '../../../../lib/storage/typeorm/statement.js';

type Asked = [text: string, parameters: unknown[]];

/** A session whose database answers every statement with the same rows. */
function sessionOn(type: DataSourceOptions['type'], more: object = {}, answer: unknown = []) {
  const asked: Asked[] = [];
  const runner = {
    query: (text: string, parameters: unknown[], isStructured?: boolean) => {
      asked.push([text, parameters]);
      return Promise.resolve(isStructured ? { affected: 2 } : answer);
    },
  };
  const dialect: Dialect = dialectOf(type);
  const own = dialect.connectionOptions({ type } as DataSourceOptions, process.cwd());
  const dataSource = new DataSource({ type, ...own, ...more } as DataSourceOptions);
  return { asked, session: new Session(dataSource, dialect, runner as unknown as QueryRunner) };
}

describe.each([
  ['better-sqlite3', 'SELECT a FROM "error_tracker_issue" WHERE b = ? AND c IN (?, ?) '],
  ['postgres', 'SELECT a FROM "error_tracker_issue" WHERE b = $1 AND c IN ($2, $3) FOR UPDATE'],
  ['mariadb', 'SELECT a FROM `error_tracker_issue` WHERE b = ? AND c IN (?, ?) FOR UPDATE'],
] as const)('a session on %s', (type, select) => {
  it('makes every value a parameter, and nothing but names a part of the text', async () => {
    const { asked, session } = sessionOn(type);
    await session.rows(
      sql`SELECT a FROM ${table('issue')} WHERE b = ${"x'; DROP"} AND c IN (${[1, 2]}) ${FOR_UPDATE}`,
    );
    expect(asked).toEqual([[select, ["x'; DROP", 1, 2]]]);
  });

  it('writes a statement that is made of others, with its values in order', async () => {
    const { asked, session } = sessionOn(type);
    const inner = sql`b = ${2}${NOTHING}`;
    await session.rows(sql`${sql`a`} = ${1} AND ${inner} AND c = ${null}`);
    const text = type === 'postgres' ? 'a = $1 AND b = $2 AND c = $3' : 'a = ? AND b = ? AND c = ?';
    expect(asked).toEqual([[text, [1, 2, null]]]);
  });

  it('tells how many rows were changed', async () => {
    expect(await sessionOn(type).session.change(sql`UPDATE x SET y = 1`)).toBe(2);
  });

  it('inserts as many rows to a statement as its parameters allow', async () => {
    const { asked, session } = sessionOn(type);
    await session.insert(
      'issue_user',
      ['issue_id', 'user_hash'],
      Array.from({ length: 2001 }, (_, n) => [n, 'h']),
    );
    expect(asked.map(([, parameters]) => parameters.length)).toEqual([4000, 2]);
    expect(asked[1]?.[1]).toEqual([2000, 'h']);
  });
});

describe('a row whose key is taken', () => {
  const keys = ['name'];
  const update = (present: (column: string) => string, incoming: (column: string) => string) => [
    `n = ${present('n')} + ${incoming('n')}`,
  ];

  it.each([
    [
      'better-sqlite3',
      'INSERT INTO "error_tracker_meta" AS present (name, n) VALUES (?, ?) ON CONFLICT (name) DO ',
      ['NOTHING', 'UPDATE SET n = present.n + excluded.n'],
    ],
    [
      'postgres',
      'INSERT INTO "error_tracker_meta" AS present (name, n) VALUES ($1, $2) ON CONFLICT (name) DO ',
      ['NOTHING', 'UPDATE SET n = present.n + excluded.n'],
    ],
    [
      'mysql',
      'INSERT INTO `error_tracker_meta` (name, n) VALUES (?, ?) ON DUPLICATE KEY UPDATE ',
      ['name = name', 'n = n + VALUES(n)'],
    ],
  ] as const)('is kept or changed on %s', async (type, insert, endings) => {
    const { asked, session } = sessionOn(type);
    await session.insert('meta', ['name', 'n'], [['a', 1]], { keys });
    await session.insert('meta', ['name', 'n'], [['a', 1]], { keys, update });
    expect(asked.map(([text]) => text)).toEqual(endings.map((ending) => insert + ending));
  });
});

describe('a session', () => {
  it('names the schema that the application chose on PostgreSQL', async () => {
    const { asked, session } = sessionOn('postgres', { schema: 'Odd one' });
    await session.rows(sql`SELECT 1 FROM ${table('meta')}`);
    expect(asked[0]?.[0]).toBe('SELECT 1 FROM "Odd one"."error_tracker_meta"');
  });

  it('tells the time of a server, and none beside a file', async () => {
    const answer = [{ seconds: '1700000000.5' }];
    expect(await sessionOn('postgres', {}, answer).session.time()).toBe(1_700_000_000_500);
    expect(await sessionOn('mysql', {}, answer).session.time()).toBe(1_700_000_000_500);
    expect(await sessionOn('better-sqlite3', {}, answer).session.time()).toBeUndefined();
  });

  it('purges the log of an SQLite file, and has nothing to do on servers', async () => {
    const file = sessionOn('better-sqlite3');
    const server = sessionOn('postgres');
    await file.session.purge();
    await server.session.purge();
    expect(file.asked).toEqual([['PRAGMA wal_checkpoint(TRUNCATE)', []]]);
    expect(server.asked).toEqual([]);
  });
});
