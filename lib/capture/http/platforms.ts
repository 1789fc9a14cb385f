import type { AbstractHttpAdapter } from '@nestjs/core';

// The platform is the application's choice: neither package is imported.

export function isFastify(adapter: AbstractHttpAdapter): boolean {
  return adapter.getType() === 'fastify';
}

/** The part of Fastify that is used. */
export interface FastifyLike {
  addHook(name: 'onRequest', hook: (request: object, reply: object, done: () => void) => void): unknown;
  addHook(name: 'onResponse', hook: (request: object, reply: ReplyLike, done: () => void) => void): unknown;
}

interface ReplyLike {
  readonly raw: { readonly statusCode: number };
}

/** The part of an Express application that is used: what Node's server calls for each request. */
export interface ExpressLike {
  handle?: (this: unknown, request: object, response: object, next?: unknown) => void;
}
