import type { AbstractHttpAdapter } from '@nestjs/core';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { attachScope, runInScope } from '../scope/scope-storage.js';
import { Scope } from '../scope/scope.js';

/** Called when a response has been sent whole. */
export type ResponseSent = (scope: Scope, status: number) => void;

/**
 * Opens a scope around every request, before body parsers, guards and everything else. Goes to the platform directly:
 * Nest's own middleware would depend on the application's global prefix and routes.
 */
export function openHttpScopes(adapter: AbstractHttpAdapter, sent: ResponseSent): void {
  if (adapter.getType() === 'fastify') openOnFastify(adapter.getInstance<FastifyLike>(), sent);
  else openOnExpress(adapter, sent);
}

function openOnExpress(adapter: AbstractHttpAdapter, sent: ResponseSent): void {
  adapter.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
    const scope = new Scope('http');
    attachScope(scope, request);
    response.on('finish', () => {
      sent(scope, response.statusCode);
    });
    runInScope(scope, next);
  });
}

/** The part of Fastify that is used here; the package is the application's choice. */
interface FastifyLike {
  addHook(
    name: 'onRequest',
    hook: (request: FastifyRequestLike, reply: FastifyReplyLike, done: () => void) => void,
  ): unknown;
}
interface FastifyRequestLike {
  readonly raw: object;
}
interface FastifyReplyLike {
  readonly raw: ServerResponse;
}

function openOnFastify(fastify: FastifyLike, sent: ResponseSent): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const scope = new Scope('http');
    // Middleware sees the raw request, handlers see Fastify's: the latter knows more and is the one to read from.
    attachScope(scope, request.raw);
    attachScope(scope, request);
    reply.raw.on('finish', () => {
      sent(scope, reply.raw.statusCode);
    });
    runInScope(scope, done);
  });
}
