import type { AbstractHttpAdapter } from '@nestjs/core';
import { areScopesOpen, runInScope, scopeOfRequest } from '../../scope/scope-storage.js';

/**
 * Gives every request its scope, before body parsers, guards and everything else, once somebody may ask for it. Goes to the
 * platform directly: Nest's own middleware would depend on the application's global prefix and routes.
 */
export function openHttpScopes(adapter: AbstractHttpAdapter): void {
  if (adapter.getType() === 'fastify') {
    adapter.getInstance<FastifyLike>().addHook('onRequest', (request, _reply, done) => {
      enter(request, done);
    });
  } else {
    openOnExpress(adapter);
  }
}

/** A middleware would cost every request a step of the router, and stand in the stacks of those that fail. */
function openOnExpress(adapter: AbstractHttpAdapter): void {
  const app = adapter.getInstance<ExpressLike>();
  const { handle } = app;
  if (typeof handle !== 'function') return;
  app.handle = function (request, response, next) {
    enter(request, () => {
      handle.call(this, request, response, next);
    });
  };
}

/** The part of an Express application that is used here: what Node's server calls for each request. */
interface ExpressLike {
  handle?: (this: unknown, request: object, response: object, next?: unknown) => void;
}

function enter(request: object, proceed: () => void): void {
  const scope = areScopesOpen() ? scopeOfRequest(request) : undefined;
  if (scope) runInScope(scope, proceed);
  else proceed();
}

/** The part of Fastify that is used here; the package is the application's choice. */
interface FastifyLike {
  addHook(name: 'onRequest', hook: (request: object, reply: object, done: () => void) => void): unknown;
}
