import { inspect } from 'node:util';
import { scopeOfRequest } from '../../../lib/scope/scope-storage.js';

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
