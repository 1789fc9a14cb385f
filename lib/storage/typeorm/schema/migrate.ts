import { MigrationExecutor, type DataSource } from 'typeorm';
import { StorageSchemaError } from '../../../errors/storage-schema.error.js';
import { isForbidden } from '../dialect/database-error.js';
import type { Session } from '../session.js';
import { sql } from '../statement.js';
import type { Transactions } from '../transactions.js';

/** Any number that no other software is likely to lock. */
const POSTGRES_LOCK = 7_240_631_905;
const MYSQL_LOCK_SECONDS = 15;

/** Brings the schema up to date. Any number of processes may do it at the same time; one does the work. */
export async function migrate(dataSource: DataSource, transactions: Transactions): Promise<void> {
  if (await isUpToDate(dataSource, transactions)) return;
  try {
    await transactions.write((session) => underLock(session, () => runMigrations(dataSource, session)));
  } catch (error) {
    if (!isForbidden(error)) throw error;
    throw new StorageSchemaError("The tracker's tables could not be made: permission denied.", error);
  }
}

/** Asked without a lock, so that a database that cannot be written at the moment can at least be read. */
async function isUpToDate(dataSource: DataSource, transactions: Transactions): Promise<boolean> {
  try {
    return await transactions.read(async ({ queryRunner }) => {
      const pending = await new MigrationExecutor(dataSource, queryRunner).getPendingMigrations();
      return pending.length === 0;
    });
  } catch {
    return false;
  }
}

async function runMigrations(dataSource: DataSource, session: Session): Promise<void> {
  const executor = new MigrationExecutor(dataSource, session.runner);
  executor.transaction = 'none';
  await executor.executePendingMigrations();
}

/** SQLite needs no lock of its own: the transaction holds the file's. */
async function underLock(session: Session, work: () => Promise<void>): Promise<void> {
  if (session.isPostgres) await session.rows(sql`SELECT pg_advisory_xact_lock(${POSTGRES_LOCK})`);
  if (!session.isMysql) return work();

  const [answer] = await session.rows<{ locked: number | string | null }>(
    sql`SELECT GET_LOCK(CONCAT('error_tracker:', MD5(DATABASE())), ${MYSQL_LOCK_SECONDS}) AS locked`,
  );
  if (Number(answer?.locked) !== 1) throw new Error('Another process is still making the tracker’s tables.');
  try {
    await work();
  } finally {
    await session.rows(sql`SELECT RELEASE_LOCK(CONCAT('error_tracker:', MD5(DATABASE())))`);
  }
}
