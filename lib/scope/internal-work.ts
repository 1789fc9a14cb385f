import { AsyncLocalStorage } from 'node:async_hooks';
import { outsideScopes } from './scope-storage.js';

const internal = new AsyncLocalStorage<true>();

/**
 * Runs the tracker's own work (SQL, mails, tickets). Errors raised inside are the tracker's and are never captured,
 * and the request that happened to trigger the work is not kept alive by it.
 */
export function runInternally<T>(work: () => T): T {
  return outsideScopes(() => internal.run(true, work));
}

/** Whether the caller is part of the tracker's own work. */
export function isInternal(): boolean {
  return internal.getStore() === true;
}
