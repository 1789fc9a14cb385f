import { SECOND_MS } from '../../../time/durations.js';
import { eventLoopTurn, pauseAbout } from '../../../time/pause.js';
import { Session } from '../session.js';
import type { TrackerDataSource } from '../tracker-data-source.js';
import { Transactions } from '../transactions.js';
import { codeOf } from './driver-error.js';
import type { Grammar } from './grammar.js';
import type { SqliteHandle } from './sqlite-driver.js';

/** How long other writers of the file are waited for. */
const PATIENCE_MS = 10 * SECOND_MS;
const FIRST_PAUSE_MS = 2;
const MAX_PAUSE_MS = 40;

/**
 * SQLite has one connection, so reads and transactions take turns: a read inside an open
 * transaction would show what may never be committed.
 *
 * Every write runs between `BEGIN IMMEDIATE` and `COMMIT`, which are given to the driver's `exec`.
 * So the lock is refused before there is anything to lose, and the driver never waits for it, which
 * would stop the whole process. TypeORM's own transactions begin without the lock; libsql 0.5 then
 * reports writes as done that are gone afterwards.
 */
export class SqliteTransactions extends Transactions {
  private readonly turns = new Mutex();
  private broken = false;

  constructor(
    private readonly dataSource: TrackerDataSource,
    private readonly grammar: Grammar,
  ) {
    super();
  }

  async connect(): Promise<void> {
    await retryWhileBusy(() => this.dataSource.initialize());
  }

  read<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.inTurn(async () => {
      await this.handle();
      try {
        return await work(this.session());
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
        const result = await work(this.session());
        handle.exec('COMMIT');
        return result;
      } catch (error) {
        await this.rollBack(handle, error);
        throw error;
      }
    });
  }

  private session(): Session {
    return new Session(this.dataSource, this.grammar, this.dataSource.createQueryRunner());
  }

  /** The turn ends while a lock is waited for, so that reads go on meanwhile. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    return retryWhileBusy(() => this.turns.run(work));
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
      // Its outcome is looked at below.
    }
    // libsql does not reset a statement that met a lock, and such a connection never commits again.
    // If the reopening fails too, the next piece of work begins with it: the caller is told what
    // went wrong first.
    if (handle.inTransaction || isBusy(cause)) await this.reopen().catch(() => undefined);
  }

  private async reopen(): Promise<void> {
    this.broken = true;
    await this.dataSource.reconnect();
    this.broken = false;
  }
}

/**
 * Lets one piece of work run at a time, in the order of asking. Between two of them the event loop
 * has a turn: work on SQLite never waits for anything, so a queue of it would keep the process from
 * everything else.
 */
export class Mutex {
  private last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work);
    this.last = result.catch(() => undefined).then(eventLoopTurn);
    return result;
  }
}

/** Waits for SQLite's lock without stopping the process, as the driver's own waiting would. */
async function retryWhileBusy<T>(work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(MAX_PAUSE_MS, pause * 2)) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
      await pauseAbout(pause);
    }
  }
}

/** Somebody else holds a lock: the same work succeeds a moment later. */
function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));
}
