import type { AbstractHttpAdapter } from '@nestjs/core';
import { areScopesOpen, runInScope, scopeOfRequest } from '../../scope/scope-storage.js';
import { isFastify, type ExpressLike, type FastifyLike } from './platforms.js';

/**
 * Gives every request its scope, before body parsers, guards and everything else, if scopes are
 * open (see `openScopes`). Goes to the platform directly: middleware of Nest would depend on the
 * global prefix and the routes of the application.
 */
export function openRequestScopes(adapter: AbstractHttpAdapter): void {
  if (isFastify(adapter)) {
    adapter.getInstance<FastifyLike>().addHook('onRequest', (request, _reply, done) => {
      enterScope(request, done);
    });
  } else {
    openOnExpress(adapter);
  }
}

/**
 * A middleware would cost every request a step of the router, and would appear in the stack of
 * every failure.
 */
function openOnExpress(adapter: AbstractHttpAdapter): void {
  const app = adapter.getInstance<ExpressLike>();
  const { handle } = app;
  if (typeof handle !== 'function') return;
  app.handle = function (request, response, next) {
    enterScope(request, () => {
      handle.call(this, request, response, next);
    });
  };
}

function enterScope(request: object, proceed: () => void): void {
  const scope = areScopesOpen() ? scopeOfRequest(request) : undefined;
  if (scope) runInScope(scope, proceed);
  else proceed();
}
