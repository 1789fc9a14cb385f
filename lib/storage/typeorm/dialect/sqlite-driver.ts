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
 * The host's better-sqlite3, else its libsql. A driver counts only if it opens a database: better-sqlite3 loads without
 * its binary where install scripts are switched off, and fails on first use.
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

/** TypeORM 0.3 calls the driver without `new`, which better-sqlite3 puts up with and libsql's class does not. */
export function constructible(driver: SqliteDriver): SqliteDriver {
  return function open(file: string, options?: object): SqliteHandle {
    return new driver(file, options);
  } as unknown as SqliteDriver;
}

/** Package managers differ in what is visible from where, so every place the host may resolve from is asked. */
function hostRequires(projectRoot: string): NodeJS.Require[] {
  const folders = [projectRoot, process.cwd()];
  if (process.argv[1]) folders.push(dirname(process.argv[1]));
  const requires = [...new Set(folders)].map((folder) => createRequire(join(folder, 'package.json')));
  for (const require of [...requires]) {
    try {
      requires.push(createRequire(require.resolve('nestjs-error-tracker/package.json')));
      break;
    } catch {
      // Not installed as a package as seen from here.
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
