import { once } from 'node:events';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { WsAdapter } from '@nestjs/platform-ws';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import { startApp, type Captured, type TestApp } from '../support/app.js';
import { FailingGateway, LeavingGateway, SOCKET_CASES } from '../support/failing-sockets.js';
import type { LogLine } from '../support/recording-logger.js';

interface Client {
  /** Sends a message and waits for what comes back as `exception`. */
  ask(event: string, data: unknown): Promise<unknown>;
  close(): void;
}

const PLATFORMS = {
  'socket.io': {
    adapter: IoAdapter,
    async connect(url: string): Promise<Client> {
      const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false });
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', reject);
      });
      return {
        ask: (event, data) =>
          new Promise((resolve) => {
            socket.once('exception', resolve);
            socket.emit(event, data);
          }),
        close: () => void socket.close(),
      };
    },
  },
  ws: {
    adapter: WsAdapter,
    async connect(url: string): Promise<Client> {
      const socket = new WebSocket(url.replace('http:', 'ws:'));
      await once(socket, 'open');
      return {
        async ask(event, data) {
          const answered = once(socket, 'message') as Promise<[Buffer]>;
          socket.send(JSON.stringify({ event, data }));
          const [message] = await answered;
          return JSON.parse(message.toString()) as unknown;
        },
        close: () => {
          socket.close();
        },
      };
    },
  },
};

interface Outcome {
  readonly reply: unknown;
  readonly logs: readonly LogLine[];
}

describe.each(Object.entries(PLATFORMS))('over %s', (_name, { adapter, connect }) => {
  const bare = new Map<string, Outcome>();
  let running: TestApp;
  let client: Client;

  async function start(tracker: boolean): Promise<void> {
    running = await startApp({
      providers: [FailingGateway],
      prepare: (app) => app.useWebSocketAdapter(new adapter(app)),
      ...(!tracker && { tracker: false }),
    });
    client = await connect(running.url);
  }

  async function stop(): Promise<void> {
    client.close();
    await running.close();
  }

  async function outcome(event: string): Promise<Outcome> {
    const before = running.logger.lines.length;
    const reply = await client.ask(event, { id: 7, password: 'hunter2' });
    const logs = running.logger.lines.slice(before).map((line) => ({
      ...line,
      text: line.text
        .split('\n')
        .filter((row) => !/^\s+at /.test(row) || row.includes('/test/'))
        .join('\n'),
    }));
    return { reply, logs };
  }

  const captured = (): Promise<readonly Captured[]> => running.captured();

  beforeAll(async () => {
    await start(false);
    for (const [name, [event]] of Object.entries(SOCKET_CASES)) bare.set(name, await outcome(event));
    await stop();
    await start(true);
  });
  afterAll(() => stop());

  const counts = new Map<number, number>();

  it.each(Object.entries(SOCKET_CASES))(
    'reply and log lines are the same for %s, which is captured as it should',
    async (name, [event, titles]) => {
      expect(await outcome(event)).toEqual(bare.get(name));
      const fresh = (await captured()).filter(
        ({ issue }) => issue.eventCount !== (counts.get(issue.id) ?? 0),
      );
      for (const { issue } of fresh) counts.set(issue.id, issue.eventCount);
      expect(fresh.map(({ issue }) => issue.title)).toEqual(titles);
      for (const one of fresh) {
        expect(one.issue).toMatchObject({ source: 'ws', handled: false, level: 'error', eventCount: 1 });
        expect(one.event).toMatchObject({
          transaction: event,
          contexts: { message: { event, data: { id: 7, password: '[masked]' } } },
        });
      }
    },
  );

  it('compares replies that are there', () => {
    expect(bare.get('a handler that throws')).toMatchObject({
      reply: expect.anything(),
      logs: [expect.anything()],
    });
  });
});

it('captures what fails when a client comes or goes, and lets it go on to Nest, whose process it ends', async () => {
  const running = await startApp({
    providers: [LeavingGateway],
    prepare: (app) => app.useWebSocketAdapter(new IoAdapter(app)),
  });
  try {
    expect(() => {
      running.app.get(LeavingGateway).handleDisconnect();
    }).toThrow('leaving broke');
    const [issue] = await running.allIssues();
    expect(issue).toMatchObject({ title: 'leaving broke', source: 'ws', handled: false, eventCount: 1 });
  } finally {
    await running.close();
  }
});
