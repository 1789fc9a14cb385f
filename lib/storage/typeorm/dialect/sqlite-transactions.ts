import type { EntityManager } from 'typeorm';
import { isBusy } from './database-error.js';
import { Mutex } from './mutex.js';
import { retryWhileBusy } from './retry-while-busy.js';
import { Session } from '../session.js';
import type { SqliteHandle } from './sqlite-driver.js';
import type { TrackerDataSource } from '../tracker-data-source.js';
import { Transactions } from '../transactions.js';

/**
 * SQLite has one connection, so reads and transactions take turns: a read inside an open transaction would show what
 * may never be committed.
 *
 * Every write runs between `BEGIN IMMEDIATE` and `COMMIT`, given to `exec`: the lock is refused before there is anything
 * to lose, and never waited for inside the driver, which would stop the whole process. TypeORM's own transactions begin
 * without the lock; libsql 0.5 then reports writes as done that are gone afterwards.
 */
export class SqliteTransactions extends Transactions {
  private readonly turn = new Mutex();
  private broken = false;

  constructor(private readonly dataSource: TrackerDataSource) {
    super();
  }

  read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.inTurn(async () => {
      await this.handle();
      try {
        return await work(this.dataSource.manager);
      } catch (error) {
        if (isBusy(error)) await this.reopen().catch(() => undefined);
        throw error;
      }
    });
  }

  write<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.inTurn(async () => {
      const handle = await this.handle();
      handle.exec('BEGIN IMMEDIATE');
      try {
        const result = await work(new Session(this.dataSource, this.dataSource.createQueryRunner()));
        handle.exec('COMMIT');
        return result;
      } catch (error) {
        await this.rollBack(handle, error);
        throw error;
      }
    });
  }

  /** What was deleted is overwritten in the file, and stands in the log beside it until that is begun anew. */
  override async wipe(): Promise<void> {
    await this.read((manager) => manager.query('PRAGMA wal_checkpoint(TRUNCATE)')).catch(() => undefined);
  }

  /** The turn is given up while a lock is waited for, so that reads go on meanwhile. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    return retryWhileBusy(() => this.turn.run(work));
  }

  private async handle(): Promise<SqliteHandle> {
    if (this.broken) await this.reopen();
    if (!this.dataSource.isInitialized) throw new Error("The tracker's database is not open.");
    const handle = (await this.dataSource.createQueryRunner().connect()) as SqliteHandle;
    if (!handle.inTransaction) return handle;
    await this.reopen();
    return (await this.dataSource.createQueryRunner().connect()) as SqliteHandle;
  }

  private async rollBack(handle: SqliteHandle, cause: unknown): Promise<void> {
    try {
      if (handle.inTransaction) handle.exec('ROLLBACK');
    } catch {
      // Judged by its outcome below.
    }
    // A statement that met a lock is not reset by libsql and keeps the connection from ever committing again.
    // If that fails too, the next piece of work begins with it; what matters to the caller is what went wrong first.
    if (handle.inTransaction || isBusy(cause)) await this.reopen().catch(() => undefined);
  }

  private async reopen(): Promise<void> {
    this.broken = true;
    await this.dataSource.reconnect();
    this.broken = false;
  }
}
