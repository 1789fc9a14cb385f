import type { DataSourceOptions } from 'typeorm';
import { ErrorTrackerConfigurationError } from '../../../errors/configuration.error.js';
import type { Dialect } from './dialect.js';
import { mysql } from './mysql-mariadb.js';
import { postgres } from './postgres.js';
import { sqlite } from './sqlite.js';

/** @throws ErrorTrackerConfigurationError for a database that the tracker does not support */
export function dialectOf(type: DataSourceOptions['type']): Dialect {
  switch (type) {
    case 'better-sqlite3':
      return sqlite;
    case 'postgres':
      return postgres;
    case 'mysql':
    case 'mariadb':
      return mysql;
    default:
      throw new ErrorTrackerConfigurationError(
        `\`database.type\` is '${type}', which the tracker does not support.`,
        "Use 'better-sqlite3' (also for libsql, passed as `driver`), 'postgres', 'mysql' or 'mariadb'.",
      );
  }
}
