import { AsyncLocalStorage } from 'node:async_hooks';
import { areScopesOpen, outsideScopes } from './scope-storage.js';

const internal = new AsyncLocalStorage<true>();

/**
 * Runs the tracker's own work (SQL, mails, tickets). Errors raised inside are the tracker's and are never captured,
 * and the request that happened to trigger the work is not kept alive by it. As long as nobody in the application can
 * capture anything inside such work, it is not told apart: that spares every promise of the process the bookkeeping.
 */
export function runInternally<T>(work: () => T): T {
  return areScopesOpen() ? outsideScopes(() => internal.run(true, work)) : work();
}

/** Whether the caller is part of the tracker's own work. */
export function isInternal(): boolean {
  return areScopesOpen() && internal.getStore() === true;
}
