import type { QueryRunner } from 'typeorm';
import { withDeadline } from '../../../time/deadline.js';
import { SECOND_MS } from '../../../time/durations.js';
import { pauseAbout } from '../../../time/pause.js';
import { Session } from '../session.js';
import type { TrackerDataSource } from '../tracker-data-source.js';
import { databaseDeadline, Transactions } from '../transactions.js';
import type { Dialect } from './dialect.js';

export const MAX_CONNECTIONS = 2;
export const CONNECT_LIMIT_MS = 5 * SECOND_MS;

/**
 * Longer than any statement of ours takes. Without it, a server that the network lost would be
 * waited for without end. It holds for each answer, not for all of a transaction, because a slow
 * server is no reason to begin again and again.
 */
const DEADLINE_MS = 20 * SECOND_MS;
const ROLLBACK_LIMIT_MS = 2 * SECOND_MS;
const MAX_ATTEMPTS = 4;

/** PostgreSQL, MySQL and MariaDB: every piece of work has a connection of the pool to itself. */
export class ServerTransactions extends Transactions {
  constructor(
    private readonly dataSource: TrackerDataSource,
    private readonly dialect: Dialect,
    private readonly deadlineMs = DEADLINE_MS,
  ) {
    super();
  }

  async connect(): Promise<void> {
    await this.dataSource.initialize();
  }

  read<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.onConnection((runner) => work(this.session(runner)));
  }

  async write<T>(work: (session: Session) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.onConnection((runner) => this.inTransaction(runner, work));
      } catch (error) {
        if (!this.dialect.isContention(error) || attempt >= MAX_ATTEMPTS) throw error;
        await pauseAbout(20 * attempt);
      }
    }
  }

  private async inTransaction<T>(runner: QueryRunner, work: (session: Session) => Promise<T>): Promise<T> {
    // By MySQL's default the loser of a race would read a snapshot from before the winner's commit.
    await runner.startTransaction('READ COMMITTED');
    try {
      const result = await work(this.session(runner));
      await runner.commitTransaction();
      return result;
    } catch (error) {
      try {
        await withDeadline(ROLLBACK_LIMIT_MS, () => runner.rollbackTransaction());
      } catch {
        await cut(runner);
      }
      throw error;
    }
  }

  private session(runner: QueryRunner): Session {
    return new Session(this.dataSource, this.dialect, runner);
  }

  private async onConnection<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    if (!this.dataSource.isInitialized) throw new Error("The tracker's database is not connected.");
    const runner = this.dataSource.createQueryRunner('master');
    const connected = runner.connect() as Promise<unknown>;
    let state: 'waiting' | 'working' | 'given up' = 'waiting';
    const start = async (signal: AbortSignal, answered: () => void): Promise<T> => {
      signal.addEventListener('abort', giveUp);
      await connected;
      // Nobody waits for the outcome any more, and the same work may be under way on another
      // connection.
      if (state === 'given up') throw new Error('The connection came too late.');
      state = 'working';
      watch(runner, answered);
      return work(runner);
    };
    const giveUp = (): void => {
      if (state === 'working') void cut(runner);
      state = 'given up';
    };
    try {
      return await databaseDeadline(this.deadlineMs, start);
    } finally {
      // Releases a connection that arrives too late, too.
      void connected.then(() => runner.release()).catch(() => undefined);
    }
  }
}

/** Calls `answered` after every answer. All that a runner asks goes through its `query`. */
function watch(runner: QueryRunner, answered: () => void): void {
  const query = runner.query.bind(runner) as (...parameters: unknown[]) => Promise<unknown>;
  const watched = async (...parameters: unknown[]): Promise<unknown> => {
    const result = await query(...parameters);
    answered();
    return result;
  };
  Object.assign(runner, { query: watched });
}

/**
 * Makes a connection unusable, so that no pool hands it out again in the middle of a transaction.
 */
async function cut(runner: QueryRunner): Promise<void> {
  const connection = (await runner.connect()) as { destroy?: () => void; end: () => Promise<void> };
  // mysql2's `end` says goodbye and waits for the answer. pg's hangs up if a query is under way.
  if (connection.destroy) connection.destroy();
  else void connection.end().catch(() => undefined);
}
