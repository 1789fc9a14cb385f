import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';

/** A database of its own for one suite. */
export interface ScratchDatabase {
  readonly name: string;
  /** How an application would name it in `forRoot({ database })`. */
  readonly options: DataSourceOptions;
  drop(): Promise<void>;
}

export const POSTGRES = {
  type: 'postgres',
  host: process.env.ERROR_TRACKER_TEST_POSTGRES_HOST ?? '127.0.0.1',
  port: 5432,
  username: 'postgres',
  database: 'postgres',
} as const;

export const MARIADB = {
  type: 'mariadb',
  host: process.env.ERROR_TRACKER_TEST_MARIADB_HOST ?? '127.0.0.1',
  port: 3306,
  username: 'root',
  password: '',
} as const;

/** A driver in place of the one that the tracker finds by itself, by the path of its package. */
const SQLITE_DRIVER = process.env.ERROR_TRACKER_TEST_SQLITE_DRIVER;

export async function scratchSqlite(): Promise<ScratchDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'error-tracker-'));
  const file = join(folder, 'error-tracker.sqlite');
  return {
    name: file,
    options: {
      type: 'better-sqlite3',
      database: file,
      ...(SQLITE_DRIVER && { driver: createRequire(__filename)(SQLITE_DRIVER) as unknown }),
    },
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

export async function scratchPostgres(): Promise<ScratchDatabase> {
  const name = scratchName();
  await administrate(POSTGRES, `CREATE DATABASE ${name}`);
  return {
    name,
    options: { ...POSTGRES, database: name },
    drop: () => administrate(POSTGRES, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

/**
 * With a character set that holds neither emoji nor much else, as old servers have it: the tables
 * must bring their own.
 */
export async function scratchMariadb(): Promise<ScratchDatabase> {
  const name = scratchName();
  await administrate(MARIADB, `CREATE DATABASE ${name} CHARACTER SET latin1`);
  return {
    name,
    options: { ...MARIADB, database: name },
    drop: () => administrate(MARIADB, `DROP DATABASE ${name}`),
  };
}

/** Runs one statement on a connection of its own and returns its rows. */
export async function administrate<T>(options: DataSourceOptions, sql: string): Promise<T> {
  const server = await new DataSource(options).initialize();
  try {
    return await server.query<T>(sql);
  } finally {
    await server.destroy();
  }
}

function scratchName(): string {
  return `error_tracker_test_${randomBytes(6).toString('hex')}`;
}
