import type { DataSourceOptions } from 'typeorm';
import { EventEntity } from '../schema/event.entity.js';
import { sql } from '../statement.js';
import type { Dialect } from './dialect.js';
import { codeOf, messageOf } from './driver-error.js';
import { onConflictClause } from './grammar.js';
import { constructible, sqliteDriver, type SqliteDriver, type SqliteHandle } from './sqlite-driver.js';
import { SqliteTransactions } from './sqlite-transactions.js';

type SqliteOptions = Extract<DataSourceOptions, { type: 'better-sqlite3' }>;

/** An SQLite file, through better-sqlite3 or libsql. */
export const sqlite: Dialect = {
  parameter: () => '?',
  // SQLite has no `FOR UPDATE` and needs none: there is one writer at a time.
  forUpdate: '',
  insertAlias: ' AS present',
  onConflict: onConflictClause,
  schemaOf: () => undefined,
  // Deleted rows are overwritten in the file, but the log beside it holds them until it is begun
  // anew.
  purge: sql`PRAGMA wal_checkpoint(TRUNCATE)`,

  connectionOptions,
  isPrivate: (options) => 'database' in options && [':memory:', ''].includes(String(options.database)),
  transactions: (dataSource) => new SqliteTransactions(dataSource, sqlite),

  eventEntity: EventEntity,
  payloadType: 'text',
  exactText: {},
  addColumn: ({ table, name, length }) =>
    `ALTER TABLE ${table} ADD COLUMN ${name} varchar(${String(length)})`,
  createIndex: ({ index, table, name }) => `CREATE INDEX IF NOT EXISTS ${index} ON ${table} (${name})`,
  dropIndex: ({ index }) => `DROP INDEX IF EXISTS ${index}`,
  isDoneBefore: () => false,
  // The transaction holds the file's only lock.
  whileMigrating: (_query, work) => work(),

  isContention: () => false,
  isSchemaMissing: (error) => /^no such (table|column)|has no column named/.test(messageOf(error)),
  isForbidden: () => false,
  isRefusal: (error) => /^SQLITE_(CONSTRAINT|TOOBIG|MISMATCH|RANGE)/.test(codeOf(error)),
};

function connectionOptions(options: DataSourceOptions, projectRoot: string): object {
  const given = options as SqliteOptions;
  return {
    driver: constructible((given.driver as SqliteDriver | undefined) ?? sqliteDriver(projectRoot)),
    // The driver would wait for locks on the only thread there is. The tracker waits by itself
    // instead.
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
  // A file stays in WAL mode. Asking for it again would need the lock that a writer may hold.
  if (!JSON.stringify(handle.pragma('journal_mode')).includes('wal')) handle.pragma('journal_mode = WAL');
  handle.pragma('synchronous = NORMAL');
  // What was erased must not be left behind in free pages.
  handle.pragma('secure_delete = ON');
}
