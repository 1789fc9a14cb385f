import { join } from 'node:path';
import type { DataSourceOptions, Logger } from 'typeorm';
import { dialectOf } from './dialect/dialect-of.js';
import { ActivityEntity } from './schema/activity.entity.js';
import { FingerprintEntity } from './schema/fingerprint.entity.js';
import { IssueHourEntity } from './schema/issue-hour.entity.js';
import { IssueUserEntity } from './schema/issue-user.entity.js';
import { IssueEntity } from './schema/issue.entity.js';
import { LeaseEntity } from './schema/lease.entity.js';
import { MetaEntity } from './schema/meta.entity.js';
import { AddEventNamedUser1795478400000 } from './schema/migrations/add-event-named-user.migration.js';
import { AddEventRelease1795392000000 } from './schema/migrations/add-event-release.migration.js';
import { AddEventUser1795305600000 } from './schema/migrations/add-event-user.migration.js';
import { CreateErrorTrackerTables1795219200000 } from './schema/migrations/create-tables.migration.js';
import { OutboxEntity } from './schema/outbox.entity.js';

/** Name of the tracker's own DataSource. */
export const DATA_SOURCE_NAME = 'error-tracker';

/**
 * Options of the tracker's own DataSource. The application says how to connect; everything else is
 * the tracker's.
 *
 * @param database what the application said; `undefined` is the embedded default
 * @throws ErrorTrackerConfigurationError for a database that is not supported, or an SQLite driver
 *   that is missing
 */
export function dataSourceOptions(
  database: DataSourceOptions | undefined,
  projectRoot: string,
): DataSourceOptions {
  const given = database ?? { type: 'better-sqlite3', database: join(projectRoot, 'error-tracker.sqlite') };
  const dialect = dialectOf(given.type);
  const own = {
    ...OWN_OPTIONS,
    entities: [dialect.eventEntity, ...ENTITIES],
    ...dialect.connectionOptions(given, projectRoot),
  };
  return { ...given, ...own };
}

/** All but the one of events, which differs between databases. */
const ENTITIES = [
  IssueEntity,
  FingerprintEntity,
  IssueHourEntity,
  IssueUserEntity,
  ActivityEntity,
  OutboxEntity,
  LeaseEntity,
  MetaEntity,
];

function nothing(): void {}

/** TypeORM writes failed migrations to the console by itself. The tracker tells of them, once. */
const SILENT: Logger = {
  logQuery: nothing,
  logQueryError: nothing,
  logQuerySlow: nothing,
  logSchemaBuild: nothing,
  logMigration: nothing,
  log: nothing,
};

/**
 * What the application's options cannot change: above all, nothing is ever dropped or synchronized.
 */
const OWN_OPTIONS = {
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
  logger: SILENT,
  entityPrefix: undefined,
  namingStrategy: undefined,
  name: undefined,
  maxQueryExecutionTime: undefined,
};
