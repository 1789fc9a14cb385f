import { AsyncLocalStorage } from 'node:async_hooks';
import type { Scope } from './scope.js';

const storage = new AsyncLocalStorage<Scope>();

// The exception filter and Express' body parsers may run outside the asynchronous context of the middleware that
// opened the scope; the request object is what they still have. A WeakMap leaves no trace on the host's object.
const byRequest = new WeakMap<object, Scope>();

/** The scope of the running request or job, if one is open. */
export function currentScope(): Scope | undefined {
  return storage.getStore();
}

export function runInScope<T>(scope: Scope, work: () => T): T {
  return storage.run(scope, work);
}

export function outsideScopes<T>(work: () => T): T {
  return storage.exit(work);
}

/** Makes the scope findable by `request`, and remembers the request as the scope's. */
export function attachScope(scope: Scope, request: object): void {
  scope.request = request;
  byRequest.set(request, scope);
}

export function scopeOfRequest(request: unknown): Scope | undefined {
  return typeof request === 'object' && request !== null ? byRequest.get(request) : undefined;
}
