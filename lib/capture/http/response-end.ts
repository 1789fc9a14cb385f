import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { AbstractHttpAdapter } from '@nestjs/core';

/** Called when a response has been sent. */
export type ResponseSent = (request: object, status: number) => void;

/**
 * Watches all responses of the application's server, without a listener on each: healthy requests pay for it too.
 *
 * @returns stops watching
 */
export function watchResponses(adapter: AbstractHttpAdapter, sent: ResponseSent): () => void {
  return adapter.getType() === 'fastify' ? watchFastify(adapter, sent) : watchExpress(adapter, sent);
}

/** Fastify watches the end of its responses anyway, and its hook knows the route. */
function watchFastify(adapter: AbstractHttpAdapter, sent: ResponseSent): () => void {
  adapter.getInstance<FastifyLike>().addHook('onResponse', (request, reply, done) => {
    sent(request, reply.raw.statusCode);
    done();
  });
  return () => undefined;
}

interface FastifyLike {
  addHook(
    name: 'onResponse',
    hook: (
      request: object,
      reply: { readonly raw: { readonly statusCode: number } },
      done: () => void,
    ) => void,
  ): unknown;
}

const RESPONSE_FINISHED = 'http.server.response.finish';

interface Finished {
  readonly request: object & { readonly app?: unknown };
  readonly response: { readonly statusCode: number };
  readonly server: unknown;
}

/** Node tells of the responses of all servers in the process: taken are those of ours, or that our Express application answered. */
function watchExpress(adapter: AbstractHttpAdapter, sent: ResponseSent): () => void {
  const listener = (message: unknown): void => {
    const { request, response, server } = message as Finished;
    if (server === adapter.getHttpServer() || request.app === adapter.getInstance()) {
      sent(request, response.statusCode);
    }
  };
  subscribe(RESPONSE_FINISHED, listener);
  return () => {
    unsubscribe(RESPONSE_FINISHED, listener);
  };
}
