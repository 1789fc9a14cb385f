import type { AbstractHttpAdapter } from '@nestjs/core';
import { isObject } from '../../values/type-guards.js';

/** Called when a stream broke while it was being sent as a response. */
export type OnBrokenStream = (exception: unknown, request: object) => void;

/**
 * Watches the streams that handlers return as `StreamableFile`. Once the headers are out, nobody
 * but Node hears when one breaks, and the client is left with a `200` and half a file.
 */
export function watchStreams(adapter: AbstractHttpAdapter, onBroken: OnBrokenStream): void {
  const reply = adapter.reply.bind(adapter) as Reply;
  const watched: Reply = (response, body, statusCode) => {
    const stream = streamOf(body);
    if (stream) {
      stream.once('error', (exception: unknown) => {
        const { request, raw } = partsOf(response);
        // A client that left before the end is not a failure of the application.
        if (raw.headersSent && !raw.destroyed && request) onBroken(exception, request);
      });
    }
    return reply(response, body, statusCode);
  };
  adapter.reply = watched as typeof adapter.reply;
}

type Reply = (response: unknown, body: unknown, statusCode?: number) => unknown;

interface RawResponse {
  readonly headersSent: boolean;
  readonly destroyed: boolean;
}

interface StreamLike {
  once(name: 'error', listener: (exception: unknown) => void): unknown;
}

/**
 * The stream in a `StreamableFile`, which is known by its shape: several copies of `@nestjs/common`
 * may be loaded.
 */
function streamOf(body: unknown): StreamLike | undefined {
  if (!isObject(body)) return undefined;
  const { getStream, getHeaders } = body as { getStream?: unknown; getHeaders?: unknown };
  if (typeof getStream !== 'function' || typeof getHeaders !== 'function') return undefined;
  const stream: unknown = Reflect.apply(getStream, body, []);
  return typeof (stream as Partial<StreamLike> | undefined)?.once === 'function'
    ? (stream as StreamLike)
    : undefined;
}

/** The response of Express is the raw one; the reply of Fastify has it. */
function partsOf(response: unknown): { request: object | undefined; raw: RawResponse } {
  const { req, request, raw } = response as { req?: object; request?: object; raw?: RawResponse };
  return { request: request ?? req, raw: raw ?? (response as RawResponse) };
}
