import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, Injectable } from '@nestjs/common';
import { MemoryEventStore } from '../../lib/testing.js';
import type { Batch } from '../../lib/storage/event-store.js';
import { PLATFORMS, sqlite, startApp, type TestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/http.js';

const counts = async (app: TestApp): Promise<Record<string, number>> =>
  Object.fromEntries((await app.allIssues()).map(({ title, eventCount }) => [title, eventCount]));

describe('a user with a number for an id', () => {
  let app: TestApp;
  afterEach(() => app.close());

  it('is counted, stored as text and erased, and holds nothing up', async () => {
    app = await startApp({
      tracker: {
        beforeCapture: (event) =>
          event.message === 'from a hook' ? { ...event, user: { id: 42 as unknown as string } } : event,
      },
    });
    const { tracker, issues } = app;
    const user = { id: 42 as unknown as string };
    tracker.withScope(() => {
      tracker.setUser(user);
      tracker.captureMessage('from the scope');
    });
    tracker.captureMessage('from the call', { user });
    tracker.captureMessage('from a hook');
    const found = await app.captured();
    expect(found.map(({ event, issue }) => [event.user?.id, issue.userCount])).toEqual(
      Array.from({ length: 3 }, () => ['42', 1]),
    );
    expect(await issues.eraseUser(42)).toBe(3);
  });
});

/** A database that has something against one bug, and says so in words that nobody knows. */
@Injectable()
class PickyStore extends MemoryEventStore {
  override save(...[batch, alertsFor]: Parameters<MemoryEventStore['save']>) {
    if (batch.deltas.some(isBad)) return Promise.reject(new TypeError('cannot read properties of undefined'));
    return super.save(batch, alertsFor);
  }
}

function isBad({ title, samples }: Batch['deltas'][number]): boolean {
  return title === 'poison' && samples.length > 0;
}

it('stores the others when the database keeps failing over one', async () => {
  const app = await startApp({
    tracker: { store: PickyStore, delivery: { flushIntervalMs: 50, retryMaxMs: 100 } },
  });
  try {
    for (let index = 0; index < 3; index++) app.tracker.captureMessage('poison');
    app.tracker.captureMessage('innocent');
    expect(await app.tracker.flush(1_500)).toBe(false);
    expect(app.tracker.health()).toMatchObject({ storeAvailable: false, queuedEvents: 4 });

    app.tracker.captureMessage('innocent as well');
    expect(await counts(app)).toEqual({ poison: 3, innocent: 1, 'innocent as well': 1 });
    expect(app.tracker.health()).toMatchObject({
      storeAvailable: true,
      capturedEvents: 5,
      storedEvents: 5,
      dropped: {},
      droppedDetails: { refused: 3 },
    });
    const told = app.logger.lines.filter(({ text }) => text.includes('without their details'));
    expect(told).toHaveLength(1);
  } finally {
    await app.close();
  }
});

@Controller()
class SlowController {
  @Get('slow')
  async slow(): Promise<never> {
    await new Promise((resolve) => setTimeout(resolve, 300));
    throw new Error('failed while closing');
  }
}

describe('what an application leaves when it closes', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'error-tracker-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const start = (options = {}) =>
    startApp({
      tracker: {
        database: sqlite(join(folder, 'data', 'errors.sqlite')),
        delivery: { shutdownTimeoutMs: 300, journalFolder: folder, flushIntervalMs: 50, retryMaxMs: 100 },
        ...options,
      },
    });
  const journals = () => readdirSync(folder).filter((name) => name.endsWith('.journal'));

  it('is stored by the next start if the database was away, once, by however many processes', async () => {
    writeFileSync(join(folder, 'data'), '');
    const first = await start();
    for (let bug = 0; bug < 60; bug++) {
      for (let event = 0; event < 5; event++) {
        first.tracker.captureMessage('one of many', { fingerprint: `bug ${String(bug)}` });
      }
    }
    await first.close();
    expect(first.logger.lines.at(-1)?.text).toContain('300 events could not be stored before the shutdown');
    expect(first.tracker.health().dropped).toEqual({});
    expect(journals().length).toBeGreaterThan(1);

    rmSync(join(folder, 'data'));
    mkdirSync(join(folder, 'data'));
    const next = await Promise.all([start(), start(), start()]);
    try {
      await eventually(() => {
        expect(journals()).toEqual([]);
      });
      const issues = await next[0].allIssues();
      expect(issues.map(({ eventCount }) => eventCount)).toEqual(Array.from({ length: 60 }, () => 5));
      expect(next.map(({ tracker }) => tracker.health().storedEvents)).toEqual([0, 0, 0]);
    } finally {
      for (const app of next) await app.close();
    }
  });

  it('is said to be lost where nobody may write it down', async () => {
    writeFileSync(join(folder, 'data'), '');
    const app = await start({ delivery: { shutdownTimeoutMs: 200, journalFolder: '/proc/nowhere' } });
    app.tracker.captureMessage('lost');
    await app.close();
    expect(app.logger.lines.at(-1)?.text).toMatch(/^Events are lost \(closed\)\. 1 could not be stored/);
    expect(app.tracker.health()).toMatchObject({
      capturedEvents: 1,
      queuedEvents: 0,
      dropped: { closed: 1 },
    });
  });

  it.each(PLATFORMS)('contains what requests under way still raised, on %s', async (platform) => {
    mkdirSync(join(folder, 'data'));
    const database = sqlite(join(folder, 'data', 'errors.sqlite'));
    const app = await startApp({ platform, controllers: [SlowController], tracker: { database } });
    const answer = http(`${app.url}/slow`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await app.close();
    expect((await answer).status).toBe(500);
    expect(app.tracker.health()).toMatchObject({ queuedEvents: 0, dropped: {} });

    const next = await start();
    await eventually(async () => {
      expect(await counts(next)).toEqual({ 'failed while closing': 1 });
    });
    await next.close();
  });
});
