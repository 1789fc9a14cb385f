import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type OnApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import Database from 'libsql';
import { MemoryEventStore } from '../../lib/testing.js';
import { PLATFORMS, startApp } from '../support/app.js';
import { startChildApp } from '../support/child-app.js';
import { http } from '../support/http.js';

describe.each(PLATFORMS)('on %s', (platform) => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'error-tracker-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('stores what was captured just before a SIGTERM, counts of known issues included', async () => {
    const file = join(folder, 'errors.sqlite');
    // No regular flush would come in time: what is stored was stored by the shutdown.
    const options = { delivery: { flushIntervalMs: 60_000 } };
    const child = await startChildApp(platform, { type: 'better-sqlite3', database: file }, options);
    for (let index = 0; index < 25; index++) expect((await http(`${child.url}/fail`)).status).toBe(500);
    expect(await child.end('SIGTERM')).toMatchObject({ signal: 'SIGTERM' });

    const reader = new Database(file);
    const row: unknown = reader.prepare('SELECT event_count AS events FROM error_tracker_issue').get();
    reader.close();
    expect(row).toMatchObject({ events: 25 });
  });

  it('ends within its limit when the database does not answer, and says what was lost', async () => {
    const options = { delivery: { shutdownTimeoutMs: 1000 } };
    const child = await startChildApp(
      platform,
      { type: 'postgres', host: '127.0.0.1', port: 1, username: 'nobody', database: 'nowhere' },
      options,
    );
    await http(`${child.url}/fail`);
    // By the signal itself: a process that still waits after 30 seconds is killed.
    expect(await child.end('SIGTERM')).toMatchObject({ signal: 'SIGTERM' });
    expect(child.output()).toMatch(/\[ErrorTracker\] .*\b1 .*(stored|journal)/);
  });

  it('has flushed once everything captured before is stored, whatever comes in meanwhile', async () => {
    const { tracker, close } = await startApp({ platform });
    const flood = setInterval(() => tracker.capture(new Error('again')), 0);
    try {
      for (let round = 0; round < 5; round++) {
        tracker.captureMessage(`round ${'abcde'[round]!}`);
        expect(await tracker.flush(10_000)).toBe(true);
      }
    } finally {
      clearInterval(flood);
      await close();
    }
  });

  it('stores what the first stage of a shutdown raised before the last stage closes data sources', async () => {
    const stored: Promise<number>[] = [];
    /** Fails while it is destroyed, and looks at the store when it hears of the last stage. */
    class Failing implements OnModuleDestroy, OnApplicationShutdown {
      onModuleDestroy(): void {
        app.tracker.captureMessage('known');
      }
      onApplicationShutdown(): void {
        stored.push(app.store.findIssues({ limit: 1 }).then(({ items }) => items[0]?.eventCount ?? 0));
      }
    }
    class Near extends Failing {}
    class Far extends Failing {}
    // One of them is destroyed after the tracker's own modules, whatever the order.
    @Module({ providers: [Far] })
    class FarModule {}
    const app = await startApp({
      platform,
      providers: [Near],
      // Nothing that is known is stored but by a flush.
      tracker: { store: MemoryEventStore, delivery: { flushIntervalMs: 60_000 }, imports: [FarModule] },
    });
    app.tracker.captureMessage('known');
    await app.tracker.flush();
    await app.close();
    expect(await Promise.all(stored)).toEqual([3, 3]);
  });

  it('closes twice without complaint and captures nothing afterwards', async () => {
    const app = await startApp({ platform });
    const { tracker } = app;
    tracker.capture(new Error('before'));
    await app.app.close();
    await app.app.close();
    expect(tracker.capture(new Error('after'))).toBeUndefined();
    await app.close();
  });
});
