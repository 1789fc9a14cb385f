import { PassThrough } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { AbstractHttpAdapter } from '@nestjs/core';
import { watchStreams } from '../../../../lib/capture/http/response-streams.js';

const boom = new Error('disk gone');
const request = { url: '/export' };

/** Sends a body with the adapter of a platform, and returns what was told of broken streams. */
function broken(body: unknown, response: object, failing: PassThrough): unknown[] {
  const replies: unknown[][] = [];
  const told: unknown[] = [];
  const adapter = { reply: (...args: unknown[]) => replies.push(args) } as unknown as AbstractHttpAdapter;
  watchStreams(adapter, (...args) => told.push(args));
  expect(adapter.reply(response, body, 200)).toBe(1);
  expect(replies).toEqual([[response, body, 200]]);
  failing.on('error', () => undefined);
  failing.emit('error', boom);
  failing.emit('error', boom);
  return told;
}

const sent = { headersSent: true, destroyed: false };

describe('watchStreams', () => {
  it.each([
    ['Express', { req: request, ...sent }],
    ['Fastify', { request, raw: sent }],
  ])('tells once of a file that breaks while it is sent by %s', (_name, response) => {
    const stream = new PassThrough();
    expect(broken(new StreamableFile(stream), response, stream)).toEqual([[boom, request]]);
  });

  it.each([
    ['before the headers are out: a filter is asked', { ...sent, headersSent: false }],
    ['because the client has left', { ...sent, destroyed: true }],
  ])('tells nothing of one that breaks %s', (_name, raw) => {
    const stream = new PassThrough();
    expect(broken(new StreamableFile(stream), { request, raw }, stream)).toEqual([]);
  });

  it.each([undefined, null, 'text', {}, { getStream: () => undefined, getHeaders: () => ({}) }])(
    'hands on %p',
    (body) => {
      expect(broken(body, { request, raw: sent }, new PassThrough())).toEqual([]);
    },
  );
});
