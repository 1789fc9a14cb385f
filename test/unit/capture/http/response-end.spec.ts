import { createServer, get, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { AbstractHttpAdapter } from '@nestjs/core';
import { watchResponses } from '../../../../lib/capture/http/response-end.js';

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

async function serve(answer: RequestListener): Promise<Server> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function ask(server: Server): Promise<void> {
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) =>
    get({ port, path: '/x', agent: false }, (response) => response.resume().on('end', resolve)),
  );
  await setImmediate();
}

const adapterOf = (parts: { type?: string; server?: unknown; instance?: unknown }): AbstractHttpAdapter =>
  ({
    getType: () => parts.type ?? 'express',
    getHttpServer: () => parts.server,
    getInstance: () => parts.instance,
  }) as unknown as AbstractHttpAdapter;

describe('watchResponses', () => {
  it('tells of the responses of its own server, until it is stopped', async () => {
    const own = await serve((_request, response) => response.writeHead(503).end());
    const other = await serve((_request, response) => response.writeHead(500).end());
    const told: unknown[] = [];
    const stop = watchResponses(adapterOf({ server: own, instance: {} }), (request, status) => {
      told.push([(request as { url: string }).url, status]);
    });
    await ask(other);
    await ask(own);
    expect(told).toEqual([['/x', 503]]);
    stop();
    await ask(own);
    expect(told).toHaveLength(1);
  });

  it('tells of what its Express application answers on the server of somebody else', async () => {
    const app = {};
    const server = await serve((request, response) => {
      Object.assign(request, { app });
      response.writeHead(502).end();
    });
    const told: number[] = [];
    const stop = watchResponses(adapterOf({ instance: app, server: {} }), (_request, status) => {
      told.push(status);
    });
    await ask(server);
    stop();
    expect(told).toEqual([502]);
  });

  it("uses Fastify's own hook", () => {
    type Hook = (request: object, reply: object, done: () => void) => void;
    const hooks: [string, Hook][] = [];
    const instance = { addHook: (name: string, hook: Hook) => hooks.push([name, hook]) };
    const told: unknown[] = [];
    watchResponses(adapterOf({ type: 'fastify', instance }), (...args) => told.push(args));
    const [[name, hook]] = hooks as [[string, Hook]];
    const request = {};
    let isDone = false;
    hook(request, { raw: { statusCode: 500 } }, () => (isDone = true));
    expect([name, told, isDone]).toEqual(['onResponse', [[request, 500]], true]);
  });
});
