import { AsyncLocalStorage } from 'node:async_hooks';
import { Scope } from './scope.js';

const storage = new AsyncLocalStorage<Scope>();

// The exception filter and Express' body parsers may run outside the asynchronous context of the middleware that
// opened the scope; the request object is what they still have. A WeakMap leaves no trace on the host's object.
const byRequest = new WeakMap<object, Scope>();

const byException = new WeakMap<object, Scope>();

// Once an AsyncLocalStorage is in use, Node 20 makes every promise of the process dearer, about 40 µs for each request of
// a bare application. So it is not used before somebody is there who could ask for the running scope.
let open = false;

/** From now on requests and jobs carry a scope that the code running in them finds by itself. */
export function openScopes(): void {
  open = true;
}

export function areScopesOpen(): boolean {
  return open;
}

/** The scope of the running request or job, if one is open. */
export function currentScope(): Scope | undefined {
  return open ? storage.getStore() : undefined;
}

export function runInScope<T>(scope: Scope, work: () => T): T {
  return open ? storage.run(scope, work) : work();
}

export function outsideScopes<T>(work: () => T): T {
  return open ? storage.exit(work) : work();
}

/**
 * The scope of an HTTP request, made when it is first asked for. A Fastify request and its raw one have the same, which
 * remembers the former: it knows more.
 */
export function scopeOfRequest(request: unknown): Scope | undefined {
  if (!isObject(request)) return undefined;
  const raw = rawOf(request);
  let scope = byRequest.get(raw);
  if (!scope) {
    scope = new Scope('http');
    scope.request = request;
    byRequest.set(raw, scope);
  } else if (request !== raw) {
    scope.request = request;
  }
  return scope;
}

/** Remembers in which scope an exception was thrown, for a door further out that sees nothing but the exception. */
export function noteScope(exception: unknown, scope: Scope): void {
  if (isObject(exception) && !byException.has(exception)) byException.set(exception, scope);
}

export function scopeOfException(exception: unknown): Scope | undefined {
  return isObject(exception) ? byException.get(exception) : undefined;
}

function rawOf(request: object): object {
  try {
    const { raw } = request as { raw?: unknown };
    return isObject(raw) ? raw : request;
  } catch {
    return request;
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
