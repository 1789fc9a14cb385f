import type { DataSourceOptions } from 'typeorm';
import { MysqlEventEntity } from '../schema/event.entity.js';
import { sql } from '../statement.js';
import type { Dialect } from './dialect.js';
import { errnoOf } from './driver-error.js';
import type { OnConflict } from './grammar.js';
import { CONNECT_LIMIT_MS, MAX_CONNECTIONS, ServerTransactions } from './server-transactions.js';

type MysqlOptions = Extract<DataSourceOptions, { type: 'mysql' | 'mariadb' }>;

const MIGRATION_LOCK_SECONDS = 15;

/** Duplicate column, duplicate index, nothing to drop. */
const DONE_BEFORE = [1060, 1061, 1091];
/** Deadlock, lock wait timeout, row changed (MariaDB). */
const CONTENTION = [1213, 1205, 1020];
/** No such table, no such column. */
const SCHEMA_MISSING = [1146, 1054];
/** Command denied, access to the database denied, privilege missing. */
const FORBIDDEN = [1142, 1044, 1227];
/**
 * Null, duplicate, too large a packet, out of range, truncated, wrong date, no default, wrong text,
 * too long, signalled by a trigger, check constraint (MySQL, MariaDB).
 */
const REFUSALS = [1048, 1062, 1153, 1264, 1265, 1292, 1364, 1366, 1406, 1644, 3819, 4025];

/** MySQL and MariaDB. */
export const mysql: Dialect = {
  parameter: () => '?',
  forUpdate: 'FOR UPDATE',
  insertAlias: '',
  onConflict,
  schemaOf: () => undefined,
  selectTime: sql`SELECT UNIX_TIMESTAMP() AS seconds`,

  connectionOptions,
  isPrivate: () => false,
  transactions: (dataSource) => new ServerTransactions(dataSource, mysql),

  eventEntity: MysqlEventEntity,
  payloadType: 'mediumtext',
  exactText: { charset: 'utf8mb4', collation: 'utf8mb4_bin' },
  addColumn: ({ table, name, length }) =>
    `ALTER TABLE ${table} ADD COLUMN ${name} varchar(${String(length)}) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL`,
  createIndex: ({ index, table, name }) => `CREATE INDEX ${index} ON ${table} (${name})`,
  dropIndex: ({ index, table }) => `DROP INDEX ${index} ON ${table}`,
  // Every step commits by itself, so a process that died may have left the first ones behind.
  isDoneBefore: (error) => DONE_BEFORE.includes(errnoOf(error)),
  async whileMigrating(query, work) {
    const [answer] = await query<{ locked: number | string | null }>(
      sql`SELECT GET_LOCK(CONCAT('error_tracker:', MD5(DATABASE())), ${MIGRATION_LOCK_SECONDS}) AS locked`,
    );
    if (Number(answer?.locked) !== 1)
      throw new Error('Another process is still making the tracker’s tables.');
    try {
      await work();
    } finally {
      await query(sql`SELECT RELEASE_LOCK(CONCAT('error_tracker:', MD5(DATABASE())))`);
    }
  },

  isContention: (error) => CONTENTION.includes(errnoOf(error)),
  isSchemaMissing: (error) => SCHEMA_MISSING.includes(errnoOf(error)),
  isForbidden: (error) => FORBIDDEN.includes(errnoOf(error)),
  isRefusal: (error) => REFUSALS.includes(errnoOf(error)),
};

function onConflict({ keys, update }: OnConflict): string {
  const sets = update?.(
    (column) => column,
    (column) => `VALUES(${column})`,
  );
  // A change that changes nothing keeps the row. INSERT IGNORE would swallow every other failure as
  // well.
  const keep = `${keys[0] ?? ''} = ${keys[0] ?? ''}`;
  return ` ON DUPLICATE KEY UPDATE ${sets?.join(', ') ?? keep}`;
}

function connectionOptions(options: DataSourceOptions): object {
  const given = options as MysqlOptions;
  return {
    charset: 'utf8mb4',
    connectTimeout: given.connectTimeout ?? CONNECT_LIMIT_MS,
    supportBigNumbers: true,
    bigNumberStrings: true,
    extra: { ...(given.extra as object | undefined), connectionLimit: MAX_CONNECTIONS },
  };
}
