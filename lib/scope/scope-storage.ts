import { AsyncLocalStorage } from 'node:async_hooks';
import type { ArgumentsHost } from '@nestjs/common';
import { hasIdentity } from '../values/type-guards.js';
import { Scope } from './scope.js';

const storage = new AsyncLocalStorage<Scope>();

// The exception filter and Express' body parsers may run outside the asynchronous context in which
// the scope was opened; they still have the request object. A WeakMap would leave no trace on it.
// But a scope refers to its request, and V8 frees such a pair only when it collects the whole heap:
// 10 µs for every failing request.
const SCOPE = Symbol('nestjs-error-tracker:scope');

const byException = new WeakMap<object, Scope>();

// Once an AsyncLocalStorage is in use, Node 20 makes every promise of the process dearer: about 40
// µs for each request of a bare application. So it is not used until something may ask for the
// running scope.
let open = false;

/** From now on the code in a request or job finds its scope by itself. */
export function openScopes(): void {
  open = true;
}

export function areScopesOpen(): boolean {
  return open;
}

/** The scope of the running request or job, if there is one. */
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
 * The scope of an HTTP request, made when it is first asked for. A Fastify request and its raw one
 * share a scope, which then refers to the former: it knows more.
 */
export function scopeOfRequest(request: unknown): Scope | undefined {
  if (!hasIdentity(request)) return undefined;
  const raw = rawOf(request);
  const known = scopeOn(raw);
  if (known) {
    if (request !== raw) known.request = request;
    return known;
  }
  const scope = new Scope('http');
  scope.request = request;
  putOn(raw, scope);
  return scope;
}

/** The scope of the HTTP request that Nest handles; `undefined` for messages of other kinds. */
export function scopeOfHost(host: ArgumentsHost): Scope | undefined {
  return host.getType() === 'http' ? scopeOfRequest(host.switchToHttp().getRequest()) : undefined;
}

/** Looks at the object alone: frameworks make requests that inherit from others. */
function scopeOn(request: object): Scope | undefined {
  try {
    return Object.hasOwn(request, SCOPE) ? (request as { [SCOPE]?: Scope })[SCOPE] : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The property does not show when the request is copied, printed or serialised. A frozen request,
 * or a Proxy that refuses, gets no scope.
 */
function putOn(request: object, scope: Scope): void {
  try {
    Reflect.defineProperty(request, SCOPE, { value: scope });
  } catch {
    // The Proxy threw: this request has no scope.
  }
}

/**
 * Remembers in which scope an exception was thrown, for those further out who see nothing but the
 * exception.
 */
export function noteScope(exception: unknown, scope: Scope): void {
  if (hasIdentity(exception) && !byException.has(exception)) byException.set(exception, scope);
}

export function scopeOfException(exception: unknown): Scope | undefined {
  return hasIdentity(exception) ? byException.get(exception) : undefined;
}

function rawOf(request: object): object {
  try {
    const { raw } = request as { raw?: unknown };
    return hasIdentity(raw) ? raw : request;
  } catch {
    return request;
  }
}
