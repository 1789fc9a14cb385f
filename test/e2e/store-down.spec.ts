import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get } from '@nestjs/common';
import { PLATFORMS, sqlite, startApp, type TestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/http.js';

@Controller()
class FailingController {
  @Get('fail')
  fail(): never {
    throw new Error('the shop broke');
  }
}

describe.each(PLATFORMS)('on %s', (platform) => {
  let folder: string;
  let app: TestApp;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'error-tracker-'));
    // Where the database's folder should be is a file: it cannot be opened until somebody makes
    // room.
    writeFileSync(join(folder, 'data'), '');
    app = await startApp({
      platform,
      controllers: [FailingController],
      tracker: {
        database: sqlite(join(folder, 'data', 'errors.sqlite')),
        delivery: { flushIntervalMs: 100, retryMaxMs: 300 },
      },
    });
  });
  afterEach(async () => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('boots, answers as ever, says so once, and stores everything when the database is there', async () => {
    for (let index = 0; index < 50; index++) {
      const { status, body } = await http(`${app.url}/fail`);
      expect([status, body]).toEqual([500, '{"statusCode":500,"message":"Internal server error"}']);
    }
    await eventually(() => {
      expect(app.tracker.health()).toMatchObject({
        status: 'degraded',
        storeAvailable: false,
        queuedEvents: 50,
        storedEvents: 0,
      });
    });
    expect(await app.tracker.flush(200)).toBe(false);

    rmSync(join(folder, 'data'));
    const issues = await app.allIssues();
    expect(issues.map(({ title, eventCount }) => [title, eventCount])).toEqual([['the shop broke', 50]]);
    expect(app.tracker.health()).toMatchObject({ status: 'ok', queuedEvents: 0, dropped: {} });

    const told = app.logger.lines.filter(({ text }) => text.includes('event store'));
    expect(told.map(({ level }) => level)).toEqual(['warn', 'log']);
  });

  it('shows a page and no stack while the database is away', async () => {
    const answer = await http(`${app.url}/errors`, { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(503);
    expect(answer.body).not.toMatch(/\bat .*\.[jt]s/);
    expect((await http(`${app.url}/errors/api/issues`)).status).toBe(503);
    expect(app.tracker.health().capturedEvents).toBe(0);
  });

  it('goes on when the logger of the application throws', async () => {
    // A rejection that nobody handled would fail the test: jest listens.
    const broken = (): never => {
      throw new Error('EPIPE');
    };
    app.app.useLogger({ log: broken, error: broken, warn: broken });
    try {
      app.tracker.capture(new Error('with a broken logger'));
      await eventually(() => {
        expect(app.tracker.health().storeAvailable).toBe(false);
      });
      await new Promise((resolve) => setImmediate(resolve));
      rmSync(join(folder, 'data'));
      expect(await app.allIssues()).toHaveLength(1);
    } finally {
      app.app.useLogger(app.logger);
    }
  });

  it('counts every event of two bugs that wait side by side', async () => {
    await http(`${app.url}/fail`);
    app.tracker.capture(new TypeError('another bug'));
    app.tracker.capture(new TypeError('another bug'));
    rmSync(join(folder, 'data'));
    const issues = await app.allIssues();
    expect(issues.map(({ type, eventCount }) => [type, eventCount]).sort()).toEqual([
      ['Error', 1],
      ['TypeError', 2],
    ]);
  });
});
