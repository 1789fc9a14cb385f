import { inspect } from 'node:util';
import type { ArgumentsHost } from '@nestjs/common';
import {
  currentScope,
  noteScope,
  openScopes,
  outsideScopes,
  runInScope,
  scopeOfException,
  scopeOfHost,
  scopeOfRequest,
} from '../../../lib/scope/scope-storage.js';
import { Scope } from '../../../lib/scope/scope.js';

describe('currentScope', () => {
  it('is not kept before something may ask for it', () => {
    expect(runInScope(new Scope('http'), currentScope)).toBeUndefined();
    openScopes();
    const scope = new Scope('http');
    expect(runInScope(scope, currentScope)).toBe(scope);
    expect(runInScope(scope, () => outsideScopes(currentScope))).toBeUndefined();
  });
});

describe('scopeOfHost', () => {
  const hostOf = (type: string, request: object): ArgumentsHost =>
    ({
      getType: () => type,
      switchToHttp: () => ({ getRequest: () => request }),
    }) as unknown as ArgumentsHost;

  it('finds the scope of an HTTP request, and of nothing else', () => {
    const request = { url: '/orders' };
    expect(scopeOfHost(hostOf('http', request))).toBe(scopeOfRequest(request));
    expect(scopeOfHost(hostOf('rpc', request))).toBeUndefined();
  });
});

describe('scopeOfException', () => {
  it('is the innermost one: the first that was noted', () => {
    const exception = Object.freeze(new Error('x'));
    const [inner, outer] = [new Scope('event'), new Scope('http')];
    expect(scopeOfException(exception)).toBeUndefined();
    noteScope(exception, inner);
    noteScope(exception, outer);
    expect(scopeOfException(exception)).toBe(inner);
  });

  it('is not known of primitives', () => {
    noteScope('x', new Scope('http'));
    expect(scopeOfException('x')).toBeUndefined();
  });
});

describe('scopeOfRequest', () => {
  it('finds the scope of a request again, through the raw request of Fastify as well', () => {
    const raw = { url: '/orders' };
    const scope = scopeOfRequest(raw);
    const wrapped = { raw, params: {} };
    expect(scopeOfRequest(wrapped)).toBe(scope);
    expect(scope?.request).toBe(wrapped);
    expect(scopeOfRequest(raw)).toBe(scope);
    expect(scope?.request).toBe(wrapped);
  });

  it('leaves nothing on the request that shows', () => {
    const request = { url: '/orders' };
    scopeOfRequest(request);
    expect(Reflect.ownKeys({ ...request })).toEqual(['url']);
    expect(inspect(request)).toBe("{ url: '/orders' }");
  });

  it('tells a request from the one that it was derived from', () => {
    const request = { url: '/orders' };
    expect(scopeOfRequest(Object.create(request))).not.toBe(scopeOfRequest(request));
    const outer = scopeOfRequest(request);
    expect(scopeOfRequest(Object.create(request))).not.toBe(outer);
  });

  it.each([
    ['is frozen', Object.freeze({ url: '/orders' })],
    ['refuses everything', new Proxy({}, { getOwnPropertyDescriptor: refuse, defineProperty: refuse })],
  ])('has a scope for a request that %s', (_name, request) => {
    expect(scopeOfRequest(request)?.request).toBe(request);
  });

  it.each([undefined, null, 'request', 7])('has none for %p', (request) => {
    expect(scopeOfRequest(request)).toBeUndefined();
  });
});

function refuse(): never {
  throw new Error('refused');
}
