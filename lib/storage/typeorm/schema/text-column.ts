import type { QueryRunner } from 'typeorm';

/** A column that may be null, of a table that may be full. */
export interface TextColumn {
  readonly table: string;
  readonly name: string;
  /** In characters. */
  readonly length: number;
  /** Name of the index on it. */
  readonly index?: string;
}

const DUPLICATE_COLUMN = 1060;
const DUPLICATE_INDEX = 1061;
const NOTHING_TO_DROP = 1091;

/**
 * Adds a column, or what is missing of it: MySQL commits every step by itself, so a process that died may have left the
 * first ones behind. Written out, because TypeORM copies the whole table on SQLite, and asks MariaDB for statistics.
 */
export async function addTextColumn(runner: QueryRunner, column: TextColumn): Promise<void> {
  const { table, name, index } = escaped(runner, column);
  const { type } = runner.connection.options;
  const plain = `${name} varchar(${String(column.length)})`;
  const add = `ALTER TABLE ${table} ADD COLUMN`;
  if (type === 'postgres') await runner.query(`${add} IF NOT EXISTS ${plain}`);
  else if (type === 'better-sqlite3') await runner.query(`${add} ${plain}`);
  else {
    const exact = `${plain} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL`;
    await unless(DUPLICATE_COLUMN, runner.query(`${add} ${exact}`));
  }
  if (index === undefined) return;
  const on = `${index} ON ${table} (${name})`;
  if (!isMysql(runner)) await runner.query(`CREATE INDEX IF NOT EXISTS ${on}`);
  else await unless(DUPLICATE_INDEX, runner.query(`CREATE INDEX ${on}`));
}

export async function dropTextColumn(runner: QueryRunner, column: TextColumn): Promise<void> {
  const { table, name, index, schema } = escaped(runner, column);
  if (index !== undefined) {
    if (!isMysql(runner)) await runner.query(`DROP INDEX IF EXISTS ${schema}${index}`);
    else await unless(NOTHING_TO_DROP, runner.query(`DROP INDEX ${index} ON ${table}`));
  }
  await unless(NOTHING_TO_DROP, runner.query(`ALTER TABLE ${table} DROP COLUMN ${name}`));
}

/** On PostgreSQL the tables may stand in a schema of the application's choice. */
function escaped({ connection: { driver, options } }: QueryRunner, column: TextColumn) {
  const schema = options.type === 'postgres' && options.schema ? `${driver.escape(options.schema)}.` : '';
  return {
    schema,
    table: schema + driver.escape(column.table),
    name: driver.escape(column.name),
    index: column.index === undefined ? undefined : driver.escape(column.index),
  };
}

function isMysql({ connection: { options } }: QueryRunner): boolean {
  return options.type === 'mysql' || options.type === 'mariadb';
}

/** What one of MySQL's errors says was done before. */
async function unless(errno: number, step: Promise<unknown>): Promise<void> {
  try {
    await step;
  } catch (error) {
    if ((error as { driverError?: { errno?: unknown } }).driverError?.errno !== errno) throw error;
  }
}
