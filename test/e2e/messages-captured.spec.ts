import { Transport } from '@nestjs/microservices';
import { firstValueFrom } from 'rxjs';
import { eventually } from '../support/eventually.js';
import {
  events,
  FailingMessages,
  globalFilter,
  MESSAGE_CASES,
  MixedController,
} from '../support/failing-messages.js';
import { http } from '../support/http.js';
import { freePort } from '../support/free-port.js';
import {
  SHAPES,
  startMessageApp,
  type MessageApp,
  type MessageAppOptions,
  type Shape,
} from '../support/message-app.js';

let running: MessageApp;
afterEach(() => running.close());

async function start(shape: Shape, options: Partial<MessageAppOptions> = {}): Promise<MessageApp> {
  const transport = {
    transport: Transport.TCP,
    options: { host: '127.0.0.1', port: await freePort() },
  } as const;
  return (running = await startMessageApp({ shape, transport, controllers: [FailingMessages], ...options }));
}

/** What the client got, and what the application logged about it. */
async function outcome(app: MessageApp, pattern: unknown): Promise<object> {
  const before = app.logger.lines.length;
  const reply: unknown = await firstValueFrom(app.client.send(pattern, { id: 7, password: 'hunter2' })).catch(
    (error: unknown) => ({ error }),
  );
  const lines = app.logger.lines.slice(before).map(({ level, context, text }) => ({
    ...{ level, context },
    text: text.split('\n').filter((row) => !/^\s+at /.test(row) || row.includes('/test/')),
  }));
  return { reply, lines };
}

const titles = async (): Promise<string[]> =>
  (await running.captured()).flatMap(({ issue }) =>
    Array.from({ length: issue.eventCount }, () => issue.title),
  );

describe.each(SHAPES)('in %s', (shape) => {
  const bare = new Map<string, object>();

  beforeAll(async () => {
    const app = await start(shape, { tracker: false });
    for (const [name, [pattern]] of Object.entries(MESSAGE_CASES))
      bare.set(name, await outcome(app, pattern));
    await app.close();
  });

  it.each(Object.entries(MESSAGE_CASES))(
    'reply and log lines are the same for %s, which is captured as it should',
    async (name, [pattern, captured]) => {
      const app = await start(shape);
      expect(await outcome(app, pattern)).toEqual(bare.get(name));
      // So that there is a store to look into.
      await outcome(app, 'observable');
      expect((await titles()).sort()).toEqual([...captured, 'observable broke'].sort());
      for (const { issue } of await running.captured()) {
        expect(issue).toMatchObject({ source: 'rpc', handled: false, level: 'error' });
      }
    },
  );

  it('captures what fails while an event is handled', async () => {
    const app = await start(shape);
    events.length = 0;
    app.client.emit('event', { id: 7 });
    await eventually(async () => {
      expect(await titles()).toEqual(['event broke']);
    });
    expect(events).toEqual(['{"id":7}']);
  });

  it('tells pattern and data, masked', async () => {
    const app = await start(shape);
    await outcome(app, 'sync');
    const [one] = await running.captured();
    expect(one?.event).toMatchObject({
      transaction: shape === 'a hybrid application' ? 'FailingMessages.sync' : 'sync',
      contexts: { message: { data: { id: 7, password: '[masked]' } } },
    });
  });

  it('leaves an exception to the global filter that names it, where that one is asked', async () => {
    const app = await start(shape, { providers: [globalFilter] });
    const { reply } = (await outcome(app, 'global')) as { reply: unknown };
    await outcome(app, 'sync');
    const isAsked = shape !== 'a hybrid application';
    expect(reply).toEqual({
      error: isAsked ? { global: 'handled globally' } : { status: 'error', message: 'Internal server error' },
    });
    // Where the filter is not asked, that it names the exception is taken for a wish not to hear of
    // it.
    expect(await titles()).toEqual(['sync broke']);
  });
});

it('does not take requests for messages where a class answers both', async () => {
  const app = await start('a hybrid application', { controllers: [MixedController] });
  await outcome(app, 'mixed');
  expect((await http(`${app.url}/mixed`)).status).toBe(500);
  const sources = (await app.captured()).map(({ issue }) => [issue.title, issue.source, issue.eventCount]);
  expect(sources.sort()).toEqual([
    ['mixed broke', 'rpc', 1],
    ['route broke', 'http', 1],
  ]);
});
