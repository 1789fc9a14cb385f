import type { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { DataSourceOptions } from 'typeorm';
import { ErrorTrackerConfigurationError } from '../../errors/configuration.error.js';
import { ActivityEntity } from './schema/activity.entity.js';
import { EventEntity, MysqlEventEntity } from './schema/event.entity.js';
import { FingerprintEntity } from './schema/fingerprint.entity.js';
import { IssueHourEntity } from './schema/issue-hour.entity.js';
import { IssueUserEntity } from './schema/issue-user.entity.js';
import { IssueEntity } from './schema/issue.entity.js';
import { LeaseEntity } from './schema/lease.entity.js';
import { MetaEntity } from './schema/meta.entity.js';
import { OutboxEntity } from './schema/outbox.entity.js';
import { AddEventNamedUser1795478400000 } from './schema/migrations/add-event-named-user.migration.js';
import { AddEventRelease1795392000000 } from './schema/migrations/add-event-release.migration.js';
import { AddEventUser1795305600000 } from './schema/migrations/add-event-user.migration.js';
import { CreateErrorTrackerTables1795219200000 } from './schema/migrations/create-tables.migration.js';
import { SilentLogger } from './silent-logger.js';
import {
  constructible,
  sqliteDriver,
  type SqliteDriver,
  type SqliteHandle,
} from './dialect/sqlite-driver.js';

/** Name of the tracker's own DataSource. */
export const DATA_SOURCE_NAME = 'error-tracker';

const MAX_CONNECTIONS = 2;
const CONNECT_TIMEOUT_MS = 5000;

type OptionsOf<T extends DataSourceOptions['type']> = Extract<DataSourceOptions, { type: T }>;

/**
 * Options of the tracker's own DataSource: how to connect is the application's business, everything else is ours.
 *
 * @param database what the application said; `undefined` is the embedded default
 * @throws ErrorTrackerConfigurationError for a database that is not supported, or an SQLite driver that is missing
 */
export function dataSourceOptions(
  database: DataSourceOptions | undefined,
  projectRoot: string,
): DataSourceOptions {
  const given = database ?? { type: 'better-sqlite3', database: join(projectRoot, 'error-tracker.sqlite') };
  switch (given.type) {
    case 'better-sqlite3':
      return sqliteOptions(given, projectRoot);
    case 'postgres':
      return postgresOptions(given);
    case 'mysql':
    case 'mariadb':
      return mysqlOptions(given);
    default:
      throw new ErrorTrackerConfigurationError(
        `\`database.type\` is '${given.type}', which the tracker does not support.`,
        "Use 'better-sqlite3' (also for libsql, passed as `driver`), 'postgres', 'mysql' or 'mariadb'.",
      );
  }
}

/** What the tracker decides whatever the application's options say: most of all that nothing is ever dropped or synchronized. */
function ownOptions(event: typeof EventEntity | typeof MysqlEventEntity) {
  return {
    entities: [
      IssueEntity,
      FingerprintEntity,
      event,
      IssueHourEntity,
      IssueUserEntity,
      ActivityEntity,
      OutboxEntity,
      LeaseEntity,
      MetaEntity,
    ],
    migrations: [
      CreateErrorTrackerTables1795219200000,
      AddEventUser1795305600000,
      AddEventRelease1795392000000,
      AddEventNamedUser1795478400000,
    ],
    migrationsTableName: 'error_tracker_migrations',
    migrationsRun: false,
    synchronize: false,
    dropSchema: false,
    subscribers: [],
    cache: false,
    logging: false,
    logger: new SilentLogger(),
    entityPrefix: undefined,
    namingStrategy: undefined,
    name: undefined,
    maxQueryExecutionTime: undefined,
  };
}

function sqliteOptions(given: OptionsOf<'better-sqlite3'>, projectRoot: string): DataSourceOptions {
  return {
    ...given,
    ...ownOptions(EventEntity),
    driver: constructible((given.driver as SqliteDriver | undefined) ?? sqliteDriver(projectRoot)),
    // The driver waits for locks on the only thread there is; the tracker waits by itself instead.
    timeout: 0,
    enableWAL: false,
    prepareDatabase: async (handle: SqliteHandle) => {
      try {
        await given.prepareDatabase?.(handle);
        prepareHandle(handle);
      } catch (error) {
        // TypeORM forgets a handle that it could not prepare, and would leave the file open.
        handle.close();
        throw error;
      }
    },
  };
}

function prepareHandle(handle: SqliteHandle): void {
  handle.pragma('busy_timeout = 0');
  // A file that is in WAL mode stays so; asking again would need the lock that a writer may hold.
  if (!JSON.stringify(handle.pragma('journal_mode')).includes('wal')) handle.pragma('journal_mode = WAL');
  handle.pragma('synchronous = NORMAL');
  // What was erased must not be left behind in pages that are free.
  handle.pragma('secure_delete = ON');
}

function postgresOptions(given: OptionsOf<'postgres'>): DataSourceOptions {
  return {
    ...given,
    ...ownOptions(EventEntity),
    installExtensions: false,
    connectTimeoutMS: given.connectTimeoutMS ?? CONNECT_TIMEOUT_MS,
    poolErrorHandler: () => undefined,
    extra: {
      keepAlive: true,
      idleTimeoutMillis: 30_000,
      allowExitOnIdle: true,
      ...(given.extra as object | undefined),
      max: MAX_CONNECTIONS,
      verify: listenForErrors,
    },
  };
}

/**
 * pg-pool asks this of every new connection. A server may hang up in the same breath in which it answers, before
 * TypeORM listens and after the pool stopped to: an `error` that nobody hears would end the host's process. What was
 * under way on the connection rejects in any case.
 */
function listenForErrors(connection: EventEmitter, done: () => void): void {
  connection.on('error', () => undefined);
  done();
}

function mysqlOptions(given: OptionsOf<'mysql' | 'mariadb'>): DataSourceOptions {
  return {
    ...given,
    ...ownOptions(MysqlEventEntity),
    charset: 'utf8mb4',
    connectTimeout: given.connectTimeout ?? CONNECT_TIMEOUT_MS,
    supportBigNumbers: true,
    bigNumberStrings: true,
    extra: { ...(given.extra as object | undefined), connectionLimit: MAX_CONNECTIONS },
  };
}
