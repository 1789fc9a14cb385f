import { withDeadline } from '../../time/deadline.js';
import { SECOND_MS } from '../../time/durations.js';
import type { Session } from './session.js';

/**
 * The store's way to its database: piece by piece, each of which is given up rather than left
 * hanging.
 */
export abstract class Transactions {
  /** Opens the tracker's data source. */
  abstract connect(): Promise<void>;

  /**
   * Runs statements that change no rows: questions, and the database's own upkeep (`purge`). They
   * are in no transaction and hold no lock.
   */
  abstract read<T>(work: (session: Session) => Promise<T>): Promise<T>;

  /**
   * Runs `work` in one transaction. Runs it again from the start where the database prefers another
   * transaction.
   */
  abstract write<T>(work: (session: Session) => Promise<T>): Promise<T>;
}

/**
 * Rejects, in the tracker's words, when the database says nothing for `ms`. The rest is as with
 * `withDeadline`.
 */
export function databaseDeadline<T>(
  ms: number,
  work: (signal: AbortSignal, answered: () => void) => Promise<T>,
): Promise<T> {
  return withDeadline(ms, work, {
    message: `The tracker's database did not answer within ${String(ms / SECOND_MS)} seconds.`,
  });
}
