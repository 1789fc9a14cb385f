import { Controller, Get } from '@nestjs/common';
import { startApp, type TestApp } from '../support/app.js';
import { http } from '../support/http.js';
import { privateServer, type PrivateServer } from '../support/private-server.js';

@Controller()
class FailingController {
  @Get('fail')
  fail(): never {
    throw new Error('the shop broke');
  }

  @Get('fine')
  fine(): string {
    return 'fine';
  }
}

const FAILED = { status: 500, body: '{"statusCode":500,"message":"Internal server error"}' };

describe.each(['PostgreSQL', 'MariaDB'] as const)('%s killed under load', (kind) => {
  let server: PrivateServer;
  let app: TestApp;

  beforeAll(async () => {
    server = await privateServer(kind);
  });
  beforeEach(async () => {
    app = await startApp({
      controllers: [FailingController],
      tracker: { database: server.database, delivery: { flushIntervalMs: 20, retryMaxMs: 500 } },
    });
  });
  afterEach(() => app.close());
  afterAll(() => server.remove());

  it('changes no response, and every event is counted once it is back', async () => {
    let thrown = 0;
    let underLoad = true;
    const client = async (): Promise<void> => {
      while (underLoad) {
        thrown += 1;
        expect(await http(`${app.url}/fail`)).toMatchObject(FAILED);
        expect((await http(`${app.url}/fine`)).body).toBe('fine');
      }
    };
    const clients = [client(), client(), client(), client()];
    const pause = (ms: number): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, ms));
    for (let round = 0; round < 3; round++) {
      await pause(500);
      await server.kill();
      await pause(700);
      await server.start();
    }
    await pause(500);
    underLoad = false;
    await Promise.all(clients);

    const issues = await app.allIssues();
    expect(issues.map(({ eventCount }) => eventCount)).toEqual([thrown]);
    expect(app.tracker.health()).toMatchObject({ storeAvailable: true, queuedEvents: 0, dropped: {} });
    const changes = app.logger.lines.filter(({ text }) => text.includes('event store'));
    expect(changes.length).toBeLessThanOrEqual(6);
  });
});
