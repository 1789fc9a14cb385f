import type { EntityManager } from 'typeorm';
import type { Session } from './session.js';

/** How the store reaches its database: one piece of work, one transaction, broken off rather than left hanging. */
export abstract class Transactions {
  /** Runs queries that change nothing. */
  abstract read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;

  /** Runs `work` in one transaction, and again from the start when the database prefers another one. */
  abstract write<T>(work: (session: Session) => Promise<T>): Promise<T>;

  /** Lets go of what was deleted also where the database keeps old pages, as far as others let it. */
  wipe(): Promise<void> {
    return Promise.resolve();
  }
}
