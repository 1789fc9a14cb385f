import type { QueryRunner } from 'typeorm';
import type { Dialect, QuotedColumn } from '../dialect/dialect.js';
import { dialectOf } from '../dialect/dialect-of.js';

/** A column that may be null, of a table that may be full. */
export interface TextColumn {
  readonly table: string;
  readonly name: string;
  /** In characters. */
  readonly length: number;
  /** Name of the index on it. */
  readonly index?: string;
}

/**
 * Adds a column, or what is missing of it. The statements are written out because TypeORM would
 * copy the whole table on SQLite, and would ask MariaDB for statistics.
 */
export async function addTextColumn(runner: QueryRunner, column: TextColumn): Promise<void> {
  const { dialect, schema, quoted, index } = quote(runner, column);
  await make(runner, dialect, dialect.addColumn(quoted));
  if (index !== undefined) await make(runner, dialect, dialect.createIndex({ ...quoted, schema, index }));
}

export async function dropTextColumn(runner: QueryRunner, column: TextColumn): Promise<void> {
  const { dialect, schema, quoted, index } = quote(runner, column);
  if (index !== undefined) await make(runner, dialect, dialect.dropIndex({ ...quoted, schema, index }));
  await make(runner, dialect, `ALTER TABLE ${quoted.table} DROP COLUMN ${quoted.name}`);
}

interface Quoted {
  readonly dialect: Dialect;
  readonly schema: string;
  readonly quoted: QuotedColumn;
  readonly index: string | undefined;
}

// `connection` is the only name that TypeORM 0.3 and 1 share.
function quote({ connection: { driver, options } }: QueryRunner, column: TextColumn): Quoted {
  const dialect = dialectOf(options.type);
  const chosen = dialect.schemaOf(options);
  const schema = chosen ? `${driver.escape(chosen)}.` : '';
  return {
    dialect,
    schema,
    quoted: {
      table: schema + driver.escape(column.table),
      name: driver.escape(column.name),
      length: column.length,
    },
    index: column.index === undefined ? undefined : driver.escape(column.index),
  };
}

async function make(runner: QueryRunner, dialect: Dialect, change: string): Promise<void> {
  try {
    await runner.query(change);
  } catch (error) {
    if (!dialect.isDoneBefore(error)) throw error;
  }
}
