import type { DataSourceOptions } from 'typeorm';
import { ErrorTrackerConfigurationError } from '../errors/configuration.error.js';
import { filledText } from '../values/safe-read.js';
import { isObject } from '../values/type-guards.js';
import { line, refuseSecret, type Check } from './checks.js';
import { shownType } from './shown-value.js';

/** Names a data source that the application registers with `TypeOrmModule`. */
export interface HostDataSource {
  /** Its name; `default` is the one without a name. */
  dataSource: string;
}

const TYPES = ['better-sqlite3', 'postgres', 'mysql', 'mariadb'];

/**
 * Settings that the tracker makes itself. A value here would change its schema or the names of its
 * tables.
 */
const OURS = [
  'name',
  'entities',
  'subscribers',
  'migrations',
  'migrationsRun',
  'migrationsTableName',
  'synchronize',
  'dropSchema',
  'entityPrefix',
  'namingStrategy',
  'autoLoadEntities',
];

/**
 * Connection options. They are kept by reference, and no message tells more of them than their
 * `type`.
 */
export const database: Check<DataSourceOptions | HostDataSource> = (value, path) => {
  if (!isObject(value) || Array.isArray(value)) {
    return refuseSecret(path, 'TypeORM options', value, `For example { type: "postgres", url: "…" }.`);
  }
  const options = value as Readonly<Record<string, unknown>>;
  if ('dataSource' in options) {
    const others = Object.keys(options).filter((key) => key !== 'dataSource');
    if (others.length > 0) {
      throw new ErrorTrackerConfigurationError(
        `Option "${path}" has "dataSource" and other settings.`,
        'Name a data source of the application, or say how to connect; not both.',
      );
    }
    return Object.freeze({ dataSource: line(190)(options['dataSource'], `${path}.dataSource`) });
  }
  checkType(options['type'], path);
  const foreign = OURS.filter((key) => isSet(options[key]));
  if (foreign.length > 0) {
    throw new ErrorTrackerConfigurationError(
      `Option "${path}" must not set ${foreign.map((key) => `"${key}"`).join(', ')}: the tracker does that itself.`,
      'Remove it; the connection is the tracker\'s own and touches only tables named "error_tracker_…".',
    );
  }
  if (options['type'] === 'better-sqlite3' && filledText(options['database']) === undefined) {
    refuseSecret(`${path}.database`, 'the path of the SQLite file', options['database'], 'Name a file.');
  }
  return value as DataSourceOptions;
};

function checkType(type: unknown, path: string): void {
  if (typeof type === 'string' && TYPES.includes(type)) return;
  // A database type is a short plain word. Anything else was put here by mistake, and may be a
  // secret.
  const got = typeof type === 'string' && /^[a-z0-9-]{1,24}$/.test(type) ? `"${type}"` : shownType(type);
  throw new ErrorTrackerConfigurationError(
    `Option "${path}.type" must be one of ${TYPES.map((known) => `"${known}"`).join(', ')}, got ${got}.`,
    type === 'sqlite' || type === 'sqljs'
      ? 'For SQLite write type: "better-sqlite3", or leave the database out for the embedded default.'
      : 'The tracker needs one of these, or leave the database out for an SQLite file.',
  );
}

function isSet(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== false;
}
