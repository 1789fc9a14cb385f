import { Transport } from '@nestjs/microservices';
import { firstValueFrom } from 'rxjs';
import { eventually } from '../support/eventually.js';
import { events, FailingMessages, MESSAGE_CASES } from '../support/failing-messages.js';
import { SHAPES, startMessageApp, type MessageApp, type Shape } from '../support/message-app.js';

let running: MessageApp;
afterEach(() => running.close());

const transport = { transport: Transport.REDIS, options: { host: '127.0.0.1', port: 6379, db: 15 } } as const;

async function start(shape: Shape, tracker?: false): Promise<MessageApp> {
  return (running = await startMessageApp({ shape, transport, controllers: [FailingMessages], tracker }));
}

async function reply(app: MessageApp, pattern: unknown): Promise<unknown> {
  return firstValueFrom(app.client.send(pattern, { id: 7, password: 'hunter2' })).catch((error: unknown) => ({
    error,
  }));
}

describe.each(SHAPES)('in %s over Redis', (shape) => {
  it('replies as without the tracker, and captures what failed', async () => {
    const bare = await start(shape, false);
    const expected: unknown[] = [];
    for (const [pattern] of Object.values(MESSAGE_CASES)) expected.push(await reply(bare, pattern));
    await bare.close();

    const app = await start(shape);
    const replies: unknown[] = [];
    for (const [pattern] of Object.values(MESSAGE_CASES)) replies.push(await reply(app, pattern));
    expect(replies).toEqual(expected);

    const captured = await app.captured();
    const titles = Object.values(MESSAGE_CASES).flatMap(([, expectedTitles]) => expectedTitles);
    expect(captured.map(({ issue }) => issue.title).sort()).toEqual([...titles].sort());
    for (const { issue, event } of captured) {
      expect(issue).toMatchObject({ source: 'rpc', handled: false, eventCount: 1 });
      expect(JSON.stringify(event)).not.toContain('hunter2');
    }
  });

  it('captures what fails while an event is handled', async () => {
    const app = await start(shape);
    events.length = 0;
    app.client.emit('event', { id: 7 }).subscribe();
    await eventually(async () => {
      expect((await app.captured()).map(({ issue }) => [issue.title, issue.eventCount])).toEqual([
        ['event broke', 1],
      ]);
    });
    expect(events).toEqual(['{"id":7}']);
  });
});
