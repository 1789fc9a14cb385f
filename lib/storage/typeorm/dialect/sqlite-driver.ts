import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ErrorTrackerConfigurationError } from '../../../errors/configuration.error.js';

/** The part of better-sqlite3's and libsql's `Database` that the tracker uses itself. */
export interface SqliteHandle {
  readonly inTransaction: boolean;
  exec(sql: string): unknown;
  pragma(source: string): unknown;
  close(): unknown;
}

export type SqliteDriver = new (file: string, options?: object) => SqliteHandle;

/**
 * The host's better-sqlite3, else its libsql. A driver counts only if it opens a database: where
 * install scripts are switched off, better-sqlite3 loads without its binary and fails on first use.
 *
 * @throws ErrorTrackerConfigurationError if there is neither
 */
export function sqliteDriver(projectRoot: string): SqliteDriver {
  const requires = hostRequires(projectRoot);
  for (const name of ['better-sqlite3', 'libsql']) {
    for (const require of requires) {
      const driver = loadDriver(require, name);
      if (driver) return driver;
    }
  }
  throw new ErrorTrackerConfigurationError(
    'The embedded database needs an SQLite driver, and neither better-sqlite3 nor libsql could be loaded.',
    'Run `npm install libsql`, or set `database` to your PostgreSQL or MySQL server.',
  );
}

/**
 * Makes a driver that works without `new`, as TypeORM 0.3 calls it and libsql's class does not
 * allow.
 */
export function constructible(driver: SqliteDriver): SqliteDriver {
  return function open(file: string, options?: object): SqliteHandle {
    return new driver(file, options);
  } as unknown as SqliteDriver;
}

/**
 * Every place that the host may resolve packages from: what is visible from where differs between
 * package managers.
 */
function hostRequires(projectRoot: string): NodeJS.Require[] {
  const folders = [projectRoot, process.cwd()];
  if (process.argv[1]) folders.push(dirname(process.argv[1]));
  const requires = [...new Set(folders)].map((folder) => createRequire(join(folder, 'package.json')));
  for (const require of [...requires]) {
    try {
      requires.push(createRequire(require.resolve('nestjs-error-tracker/package.json')));
      break;
    } catch {
      // The tracker is not a package as seen from there.
    }
  }
  return requires;
}

function loadDriver(require: NodeJS.Require, name: string): SqliteDriver | undefined {
  try {
    const driver = require(name) as SqliteDriver;
    new driver(':memory:').close();
    return driver;
  } catch {
    return undefined;
  }
}
