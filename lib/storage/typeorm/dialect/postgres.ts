import type { EventEmitter } from 'node:events';
import type { DataSourceOptions } from 'typeorm';
import { SECOND_MS } from '../../../time/durations.js';
import { EventEntity } from '../schema/event.entity.js';
import { sql } from '../statement.js';
import type { Dialect } from './dialect.js';
import { codeOf } from './driver-error.js';
import { onConflictClause } from './grammar.js';
import { CONNECT_LIMIT_MS, MAX_CONNECTIONS, ServerTransactions } from './server-transactions.js';

type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

/** An arbitrary advisory-lock number that no other software is likely to use. */
const MIGRATION_LOCK = 7_240_631_905;

export const postgres: Dialect = {
  parameter: (n) => `$${String(n)}`,
  forUpdate: 'FOR UPDATE',
  insertAlias: ' AS present',
  onConflict: onConflictClause,
  schemaOf: (options) => (options as PostgresOptions).schema,
  selectTime: sql`SELECT EXTRACT(EPOCH FROM clock_timestamp()) AS seconds`,

  connectionOptions,
  isPrivate: () => false,
  transactions: (dataSource) => new ServerTransactions(dataSource, postgres),

  eventEntity: EventEntity,
  payloadType: 'text',
  exactText: {},
  addColumn: ({ table, name, length }) =>
    `ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS ${name} varchar(${String(length)})`,
  createIndex: ({ index, table, name }) => `CREATE INDEX IF NOT EXISTS ${index} ON ${table} (${name})`,
  dropIndex: ({ index, schema }) => `DROP INDEX IF EXISTS ${schema}${index}`,
  isDoneBefore: () => false,
  async whileMigrating(query, work) {
    // The end of the transaction gives it back.
    await query(sql`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    await work();
  },

  // Serialization failure, deadlock.
  isContention: (error) => ['40001', '40P01'].includes(codeOf(error)),
  // Undefined table, column, schema.
  isSchemaMissing: (error) => ['42P01', '42703', '3F000'].includes(codeOf(error)),
  isForbidden: (error) => codeOf(error) === '42501',
  // Data exception, integrity constraint violation.
  isRefusal: (error) => /^(22|23)[0-9A-Z]{3}$/.test(codeOf(error)),
};

function connectionOptions(options: DataSourceOptions): object {
  const given = options as PostgresOptions;
  return {
    installExtensions: false,
    connectTimeoutMS: given.connectTimeoutMS ?? CONNECT_LIMIT_MS,
    poolErrorHandler: () => undefined,
    extra: {
      keepAlive: true,
      idleTimeoutMillis: 30 * SECOND_MS,
      allowExitOnIdle: true,
      ...(given.extra as object | undefined),
      max: MAX_CONNECTIONS,
      verify: listenForErrors,
    },
  };
}

/**
 * Listens for the errors of a new connection, each of which pg-pool hands to it. A server may hang
 * up just as it answers, when the pool no longer listens and TypeORM does not yet; an `error` event
 * without a listener would end the host's process. What runs on the connection rejects in any case.
 */
function listenForErrors(connection: EventEmitter, done: () => void): void {
  connection.on('error', () => undefined);
  done();
}
