import { AsyncLocalStorage } from 'node:async_hooks';
import { areScopesOpen, outsideScopes } from './scope-storage.js';

const internal = new AsyncLocalStorage<true>();

/**
 * Runs the tracker's own work: SQL, mails, tickets. Errors raised inside are the tracker's and are
 * never captured. The work does not retain the request that triggered it. While no scopes are open,
 * nothing could be captured inside, so no context is opened, which saves the per-promise cost.
 */
export function runInternally<T>(work: () => T): T {
  return areScopesOpen() ? outsideScopes(() => internal.run(true, work)) : work();
}

/** Whether the caller is part of the tracker's own work. */
export function isInternal(): boolean {
  return areScopesOpen() && internal.getStore() === true;
}
