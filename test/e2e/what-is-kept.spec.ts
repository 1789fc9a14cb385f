import { Controller, Get, Param, Req } from '@nestjs/common';
import type { ErrorTrackerExtras, ErrorTrackerOptions } from '../../lib/index.js';
import { Housekeeping } from '../../lib/upkeep/housekeeping.js';
import { aBatch, aDelta, MemoryEventStore, samplesOf } from '../../lib/testing.js';
import { startApp, type TestApp } from '../support/app.js';
import { http } from '../support/http.js';

@Controller()
class FailingController {
  private calls = 0;

  @Get('different/:name')
  different(@Param('name') name: string): never {
    throw new Error(name);
  }

  @Get('fail')
  fail(@Req() request: object): never {
    Object.assign(request, { user: { id: `user-${String(this.calls++ % 30)}` } });
    throw new Error('broken');
  }
}

let app: TestApp;
afterEach(() => app.close());

const start = async (tracker: ErrorTrackerOptions & ErrorTrackerExtras = {}): Promise<void> => {
  app = await startApp({ controllers: [FailingController], tracker });
};

async function fail(times: number): Promise<void> {
  for (let call = 0; call < times; call++) await http(`${app.url}/fail`);
}

it('counts every user, also those whose events are not kept', async () => {
  await start();
  await fail(45);
  const [issue] = await app.allIssues();
  expect(issue).toMatchObject({ eventCount: 45, userCount: 30 });
  expect(issue?.storedCount).toBeLessThan(30);
});

it('trims what is too much in the background, and tells of it', async () => {
  await start({ retention: { eventsPerIssue: 5 } });
  await fail(20);
  const [issue] = await app.allIssues();
  expect(issue?.storedCount).toBe(20);
  expect(await app.app.get(Housekeeping, { strict: false }).run()).toEqual({
    events: 15,
    issues: 0,
    finished: true,
  });
  expect((await app.allIssues())[0]).toMatchObject({ storedCount: 5, eventCount: 20 });
  const health = JSON.parse((await http(`${app.url}/errors/api/health`)).body) as Record<string, unknown>;
  expect(health).toMatchObject({ lastPruned: { events: 15, issues: 0 } });
  expect(health['lastPruneAt']).toMatch(/^\d{4}-/);
});

it('erases a user on demand', async () => {
  await start();
  await fail(20);
  // Also what is still in memory.
  expect(await app.issues.eraseUser('user-3')).toBe(1);
  expect((await app.allIssues())[0]).toMatchObject({ storedCount: 19, eventCount: 20 });
});

it('keeps everything in memory if that is asked for', async () => {
  await start({ store: MemoryEventStore });
  await fail(3);
  const [captured] = await app.captured();
  expect(captured?.issue).toMatchObject({ title: 'broken', eventCount: 3, userCount: 3 });
  expect(captured?.event.request?.url).toBe('/fail');
  await app.issues.resolve(captured?.issue.id ?? 0);
  await fail(1);
  expect((await app.allIssues())[0]).toMatchObject({ status: 'open', regressions: 1 });
});

it('makes no more issues at a time than it should, and loses nothing', async () => {
  await start({ limits: { newIssuesPerMinute: 5 } });
  const words = [...'abcdefghijklmnopqrst'].map((letter) => letter.repeat(5));
  for (const word of [...words, ...words]) await http(`${app.url}/different/${word}`);
  await fail(2);
  const issues = await app.allIssues();
  expect(issues).toHaveLength(6);
  expect(issues.reduce((sum, { eventCount }) => sum + eventCount, 0)).toBe(42);
  const overflow = issues.find(({ groupingKey }) => groupingKey.includes('overflow'));
  expect(overflow?.groupingKey).toBe('type Error\noverflow more than 5 new issues in one minute');
});

it('keeps an event of an issue that came back, however many it has', async () => {
  await start({ delivery: { flushIntervalMs: 10 } });
  await fail(25);
  const [issue] = await app.allIssues();
  await app.issues.resolve(issue?.id ?? 0);
  // The first may only be counted; that it reopened the issue is learned from the store.
  await fail(1);
  await app.allIssues();
  await fail(1);
  const [reopened] = await app.allIssues();
  expect(reopened).toMatchObject({ status: 'open', regressions: 1, eventCount: 27 });
  const newest = (await app.issues.events(issue?.id ?? 0, 1)).items[0];
  const activity = await app.issues.activity(issue?.id ?? 0);
  const resolvedAt = activity.find(({ kind }) => kind === 'resolved')?.at ?? Infinity;
  expect(newest?.event.at).toBeGreaterThanOrEqual(resolvedAt);
});

it('gives the application its turn while it cleans up', async () => {
  await start({ retention: { eventsPerIssue: 2 } });
  await app.store.open();
  const bugs = Array.from({ length: 60 }, (_, index) => `bug ${String(index)}`);
  for (const bug of bugs) {
    await app.store.save(aBatch(aDelta(bug, { samples: samplesOf(bug, 20, { at: Date.now() }) })), () => []);
  }
  let turns = 0;
  let running = true;
  const count = (): void => {
    turns += 1;
    if (running) setImmediate(count);
  };
  setImmediate(count);
  const report = await app.app.get(Housekeeping, { strict: false }).run();
  running = false;
  expect(report).toMatchObject({ events: 60 * 18, finished: true });
  expect(turns).toBeGreaterThan(60);
});
