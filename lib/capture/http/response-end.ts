import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { AbstractHttpAdapter } from '@nestjs/core';
import { isFastify, type FastifyLike } from './platforms.js';

/** Called when a response has been sent. */
export type OnResponse = (request: object, status: number) => void;

/**
 * Watches all responses of the application's server without a listener on each: healthy requests
 * pay for it too.
 *
 * @returns a function that stops watching
 */
export function watchResponses(adapter: AbstractHttpAdapter, onResponse: OnResponse): () => void {
  return isFastify(adapter) ? watchFastify(adapter, onResponse) : watchExpress(adapter, onResponse);
}

/**
 * Fastify watches the end of its responses anyway, and its hook is given the request that knows the
 * route.
 */
function watchFastify(adapter: AbstractHttpAdapter, onResponse: OnResponse): () => void {
  adapter.getInstance<FastifyLike>().addHook('onResponse', (request, reply, done) => {
    onResponse(request, reply.raw.statusCode);
    done();
  });
  return () => undefined;
}

const RESPONSE_FINISHED = 'http.server.response.finish';

/** What Node says about a response. */
interface Finished {
  readonly request: object & { readonly app?: unknown };
  readonly response: { readonly statusCode: number };
  readonly server: unknown;
}

/**
 * Node announces the responses of all servers in the process. Only those of our server and of our
 * Express application are passed on.
 */
function watchExpress(adapter: AbstractHttpAdapter, onResponse: OnResponse): () => void {
  const listener = (message: unknown): void => {
    const { request, response, server } = message as Finished;
    if (server === adapter.getHttpServer() || request.app === adapter.getInstance()) {
      onResponse(request, response.statusCode);
    }
  };
  subscribe(RESPONSE_FINISHED, listener);
  return () => {
    unsubscribe(RESPONSE_FINISHED, listener);
  };
}
