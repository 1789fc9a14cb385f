import type { AbstractHttpAdapter } from '@nestjs/core';
import { openRequestScopes } from '../../../../lib/capture/http/request-scope.js';
import { currentScope, openScopes, scopeOfRequest } from '../../../../lib/scope/scope-storage.js';

type Handle = (request: object, response: object, next?: unknown) => void;
type Proceed = (request: object) => void;

/** Runs a request through Express, and what comes after the scope in it. */
function onExpress(work: Proceed): Proceed {
  const app: { handle: Handle } = { handle: (request) => work(request) };
  openRequestScopes({ getType: () => 'express', getInstance: () => app } as unknown as AbstractHttpAdapter);
  return (request) => app.handle(request, {});
}

function onFastify(work: Proceed): Proceed {
  let hook: Handle = () => undefined;
  const app = { addHook: (_name: string, given: Handle) => (hook = given) };
  openRequestScopes({ getType: () => 'fastify', getInstance: () => app } as unknown as AbstractHttpAdapter);
  return (request) => hook(request, {}, () => work(request));
}

describe.each([
  ['Express', onExpress],
  ['Fastify', onFastify],
])('openRequestScopes on %s', (_name, on) => {
  it('runs each request in the scope of its own', () => {
    openScopes();
    const found: unknown[] = [];
    const handle = on(() => void found.push(currentScope()));
    const [first, second] = [{}, {}];
    handle(first);
    handle(second);
    expect(found[0]).toBe(scopeOfRequest(first));
    expect(found[1]).toBe(scopeOfRequest(second));
    expect(scopeOfRequest(first)).not.toBe(scopeOfRequest(second));
    expect(currentScope()).toBeUndefined();
  });
});

it('lets a request through without a scope while nobody may ask for one', async () => {
  await jest.isolateModulesAsync(async () => {
    const closed = await import('../../../../lib/capture/http/request-scope.js');
    const storage = await import('../../../../lib/scope/scope-storage.js');
    const seen: unknown[] = [];
    const app = { handle: (request: object) => void seen.push(request, storage.currentScope()) };
    const adapter = { getType: () => 'express', getInstance: () => app };
    closed.openRequestScopes(adapter as unknown as AbstractHttpAdapter);
    const request = {};
    app.handle(request);
    expect(seen).toEqual([request, undefined]);
    expect(Reflect.ownKeys(request)).toEqual([]);
  });
});

it('hands the response and the next step on to Express, and keeps its this', () => {
  const calls: unknown[][] = [];
  const app = {
    handle(...args: unknown[]): void {
      calls.push([this, ...args]);
    },
  };
  openRequestScopes({ getType: () => 'express', getInstance: () => app } as unknown as AbstractHttpAdapter);
  const [request, response, next] = [{}, {}, () => undefined];
  app.handle(request, response, next);
  expect(calls).toEqual([[app, request, response, next]]);
});

it('leaves an application of another make alone', () => {
  const app = {};
  openRequestScopes({ getType: () => 'other', getInstance: () => app } as unknown as AbstractHttpAdapter);
  expect(app).toEqual({});
});
