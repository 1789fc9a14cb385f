import { MigrationExecutor, type DataSource } from 'typeorm';
import { StorageSchemaError } from '../../../errors/storage-schema.error.js';
import type { Dialect } from '../dialect/dialect.js';
import type { Session } from '../session.js';
import type { Transactions } from '../transactions.js';

/**
 * Brings the schema up to date. Any number of processes may call it at the same time; one does the
 * work.
 */
export async function migrate(
  dataSource: DataSource,
  dialect: Dialect,
  transactions: Transactions,
): Promise<void> {
  if (await isUpToDate(dataSource, transactions)) return;
  try {
    await transactions.write((session) =>
      dialect.whileMigrating(session.rows, () => runMigrations(dataSource, session)),
    );
  } catch (error) {
    if (!dialect.isForbidden(error)) throw error;
    throw new StorageSchemaError("The tracker's tables could not be made: permission denied.", error);
  }
}

/**
 * Asked without a lock, so that a database that cannot be written at the moment can at least be
 * read.
 */
async function isUpToDate(dataSource: DataSource, transactions: Transactions): Promise<boolean> {
  try {
    return await transactions.read(async ({ runner }) => {
      const pending = await new MigrationExecutor(dataSource, runner).getPendingMigrations();
      return pending.length === 0;
    });
  } catch {
    return false;
  }
}

async function runMigrations(dataSource: DataSource, { runner }: Session): Promise<void> {
  const executor = new MigrationExecutor(dataSource, runner);
  executor.transaction = 'none';
  await executor.executePendingMigrations();
}
