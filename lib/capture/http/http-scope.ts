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
    adapter.use((request: object, _response: object, next: () => void) => {
      enter(request, next);
    });
  }
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
