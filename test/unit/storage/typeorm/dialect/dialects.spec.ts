import type { DataSourceOptions } from 'typeorm';
import { ErrorTrackerConfigurationError } from '../../../../../lib/errors/configuration.error.js';
import type { Dialect } from '../../../../../lib/storage/typeorm/dialect/dialect.js';
import { dialectOf } from '../../../../../lib/storage/typeorm/dialect/dialect-of.js';
import { errorCode } from '../../../../../lib/storage/typeorm/dialect/driver-error.js';
import { sql } from '../../../../../lib/storage/typeorm/statement.js';

type Kind = 'isContention' | 'isSchemaMissing' | 'isForbidden' | 'isRefusal' | 'isDoneBefore';
const KINDS: readonly Kind[] = [
  ...(['isContention', 'isSchemaMissing', 'isForbidden', 'isRefusal', 'isDoneBefore'] as const),
];

const kindsOf = (dialect: Dialect, error: unknown) => KINDS.filter((kind) => dialect[kind](error));

describe('the kind of an error', () => {
  it.each<[DataSourceOptions['type'], object, readonly Kind[]]>([
    ['better-sqlite3', { code: 'SQLITE_CONSTRAINT_UNIQUE' }, ['isRefusal']],
    ['better-sqlite3', { code: 'SQLITE_TOOBIG' }, ['isRefusal']],
    ['better-sqlite3', { code: 'SQLITE_ERROR', message: 'no such table: x' }, ['isSchemaMissing']],
    ['better-sqlite3', { message: 'table x has no column named y' }, ['isSchemaMissing']],
    ['better-sqlite3', { code: 'SQLITE_BUSY' }, []],
    ['postgres', { code: '40P01' }, ['isContention']],
    ['postgres', { code: '42P01' }, ['isSchemaMissing']],
    ['postgres', { code: '42501' }, ['isForbidden']],
    ['postgres', { code: '22001' }, ['isRefusal']],
    ['postgres', { code: '23505' }, ['isRefusal']],
    ['postgres', { code: '25006' }, []],
    ['mysql', { code: 'ER_LOCK_DEADLOCK', errno: 1213 }, ['isContention']],
    ['mariadb', { errno: 1020 }, ['isContention']],
    ['mariadb', { errno: 1146 }, ['isSchemaMissing']],
    ['mariadb', { errno: 1142 }, ['isForbidden']],
    ['mariadb', { errno: 1406 }, ['isRefusal']],
    ['mariadb', { errno: 4025 }, ['isRefusal']],
    ['mariadb', { errno: 1060 }, ['isDoneBefore']],
    ['mariadb', { errno: 1091 }, ['isDoneBefore']],
    ['mariadb', { code: 'ECONNREFUSED', errno: -111 }, []],
  ])('is told on %s by %j, wrapped by TypeORM or not', (type, error, kinds) => {
    expect(kindsOf(dialectOf(type), error)).toEqual(kinds);
    expect(kindsOf(dialectOf(type), { driverError: error })).toEqual(kinds);
  });

  it.each(['better-sqlite3', 'postgres', 'mysql'] as const)(
    'is none on %s whatever else is thrown',
    (type) => {
      for (const thrown of [undefined, null, 'no such table', 7, {}, { code: 1213, errno: '1213' }]) {
        expect(kindsOf(dialectOf(type), thrown)).toEqual([]);
      }
    },
  );

  it('has a code that quotes no data', () => {
    expect(errorCode({ driverError: { code: '22001', message: 'ada' } })).toBe('22001');
    expect(errorCode({ errno: 1406 })).toBe('1406');
    expect(errorCode(undefined)).toBe('0');
  });
});

describe('while tables are made', () => {
  const work = jest.fn(() => Promise.resolve());
  const asked: string[] = [];
  const answering =
    (locked: number | null) =>
    <Row>(statement: { texts: readonly string[] }): Promise<Row[]> => {
      asked.push(statement.texts[0] ?? '');
      return Promise.resolve([{ locked }] as Row[]);
    };

  beforeEach(() => {
    work.mockClear();
    asked.length = 0;
  });

  it('MySQL is locked, and given free however it ends', async () => {
    work.mockRejectedValueOnce(new Error('no room'));
    await expect(dialectOf('mysql').whileMigrating(answering(1), work)).rejects.toThrow('no room');
    expect(asked).toEqual([
      expect.stringContaining('GET_LOCK') as unknown,
      expect.stringContaining('RELEASE_LOCK') as unknown,
    ]);
  });

  it('MySQL makes nobody wait for ever', async () => {
    for (const locked of [0, null]) {
      await expect(dialectOf('mariadb').whileMigrating(answering(locked), work)).rejects.toThrow(
        'Another process',
      );
    }
    expect(work).not.toHaveBeenCalled();
  });

  it('PostgreSQL holds a lock to the end of the transaction, SQLite its own', async () => {
    await dialectOf('postgres').whileMigrating(answering(null), work);
    expect(asked).toEqual(['SELECT pg_advisory_xact_lock(']);
    await dialectOf('better-sqlite3').whileMigrating(answering(null), work);
    expect(asked).toHaveLength(1);
    expect(work).toHaveBeenCalledTimes(2);
  });
});

describe('dialectOf', () => {
  it('refuses a database that the tracker does not support', () => {
    expect(() => dialectOf('oracle')).toThrow(ErrorTrackerConfigurationError);
  });

  it('knows which database nobody else can see', () => {
    const isPrivate = (type: DataSourceOptions['type'], database?: string) =>
      dialectOf(type).isPrivate({ type, database } as DataSourceOptions);
    expect([':memory:', '', 'x.sqlite'].map((file) => isPrivate('better-sqlite3', file))).toEqual([
      ...[true, true, false],
    ]);
    expect(isPrivate('postgres', '')).toBe(false);
  });

  it('purges and asks for the time with statements of their own', () => {
    expect(dialectOf('better-sqlite3').selectTime).toBeUndefined();
    expect(dialectOf('postgres').selectTime).toEqual(
      sql`SELECT EXTRACT(EPOCH FROM clock_timestamp()) AS seconds`,
    );
    expect(dialectOf('mysql').purge).toBeUndefined();
  });
});
