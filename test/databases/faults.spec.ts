import { Controller, Get, Param } from '@nestjs/common';
import type { DataSourceOptions } from 'typeorm';
import type { SqliteHandle } from '../../lib/storage/sqlite-driver.js';
import { startApp, type TestApp } from '../support/app.js';
import { startChildApp } from '../support/child-app.js';
import {
  MARIADB,
  POSTGRES,
  scratchMariadb,
  scratchPostgres,
  scratchSqlite,
  type ScratchDatabase,
} from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/http.js';
import { connectStore } from '../support/stores.js';
import { tcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

@Controller()
class FailingController {
  @Get('fail/:bug')
  fail(@Param('bug') bug: string): never {
    throw new Error(bug);
  }

  @Get('fine')
  fine(): string {
    return 'fine';
  }
}

const FAILED = { status: 500, body: '{"statusCode":500,"message":"Internal server error"}' };
const delivery = { flushIntervalMs: 20, retryMaxMs: 100 };

const failing = async (app: TestApp, bug: string, times: number): Promise<void> => {
  for (let call = 0; call < times; call++) expect(await http(`${app.url}/fail/${bug}`)).toMatchObject(FAILED);
};

const health = (app: TestApp) => app.tracker.health();

/** What the tracker said of itself since the start. */
const said = (app: TestApp): readonly string[] =>
  app.logger.lines.filter(({ context }) => context === 'ErrorTracker').map(({ text }) => text);

describe.each([
  ['SQLite', scratchSqlite, 2],
  ['PostgreSQL', scratchPostgres, 8],
  ['MariaDB', scratchMariadb, 8],
] as const)('on %s', (_kind, makeDatabase, processes) => {
  let database: ScratchDatabase;
  beforeEach(async () => {
    database = await makeDatabase();
  });
  afterEach(() => database.drop());

  it(`makes one issue of a bug that ${String(processes)} processes meet at once on an empty database`, async () => {
    const CALLS = 40;
    const options = { delivery: { flushIntervalMs: 20, retryMaxMs: 200 } };
    const { driver: _driver, ...plain } = database.options;
    const apps = await Promise.all(
      Array.from({ length: processes }, () => startChildApp('Express', plain, options)),
    );
    await Promise.all(
      apps.map(async ({ url }) => {
        for (let call = 0; call < CALLS; call++) expect((await http(`${url}/fail`)).status).toBe(500);
      }),
    );
    const ends = await Promise.all(apps.map((app) => app.end('SIGTERM')));
    expect(ends.map(({ signal, code }) => signal ?? code)).toEqual(apps.map(() => 'SIGTERM'));

    const { store } = connectStore(database);
    await store.open();
    const { items } = await store.findIssues({ limit: 10 });
    expect(items.map(({ title, eventCount }) => [title, eventCount])).toEqual([
      ['the child broke', processes * CALLS],
    ]);
    const activity = await store.getActivity(items[0]!.id, 50);
    expect(activity.filter(({ kind }) => kind === 'first_seen')).toHaveLength(1);
    await store.close();
  });

  it('tells two applications in one process apart, and captures for each once', async () => {
    const start = () =>
      startApp({ controllers: [FailingController], tracker: { database: database.options, delivery } });
    const [first, second] = [await start(), await start()];
    await Promise.all([failing(first, 'same', 7), failing(second, 'same', 5), failing(second, 'own', 3)]);
    await first.allIssues();
    const issues = await second.allIssues();
    expect(Object.fromEntries(issues.map(({ title, eventCount }) => [title, eventCount]))).toEqual({
      same: 12,
      own: 3,
    });
    await first.close();
    await failing(second, 'own', 1);
    expect((await second.allIssues()).find(({ title }) => title === 'own')?.eventCount).toBe(4);
    await second.close();
  });
});

describe.each([
  ['PostgreSQL', scratchPostgres, POSTGRES],
  ['MariaDB', scratchMariadb, MARIADB],
] as const)('behind a network to %s', (_kind, makeDatabase, address) => {
  let database: ScratchDatabase;
  let proxy: TcpProxy;
  let app: TestApp;

  beforeEach(async () => {
    database = await makeDatabase();
    proxy = await tcpProxy(address);
    const options = { ...database.options, host: '127.0.0.1', port: proxy.port } as DataSourceOptions;
    app = await startApp({ controllers: [FailingController], tracker: { database: options, delivery } });
    await failing(app, 'before', 1);
    await app.allIssues();
  });
  afterEach(async () => {
    await app.close();
    await proxy.close();
    await database.drop();
  });

  it('answers while the database takes seconds for each word, and stores everything', async () => {
    proxy.slowDown(700);
    await failing(app, 'slow', 20);
    // All of them were answered before the first word of the database could come.
    expect(health(app).queuedEvents).toBeGreaterThan(0);
    expect((await http(`${app.url}/fine`)).body).toBe('fine');
    proxy.slowDown(0);
    const issues = await app.allIssues();
    expect(issues.find(({ title }) => title === 'slow')?.eventCount).toBe(20);
  });

  it('answers while the database is away, says so once, and goes on by itself', async () => {
    const linesBefore = said(app).length;
    await proxy.goDown();
    await failing(app, 'away', 20);
    await eventually(() => {
      expect(health(app)).toMatchObject({ status: 'degraded', storeAvailable: false });
    });
    await failing(app, 'away', 20);
    await proxy.comeBack();
    const issues = await app.allIssues();
    expect(issues.find(({ title }) => title === 'away')?.eventCount).toBe(40);
    expect(health(app)).toMatchObject({ status: 'ok', dropped: {} });
    const lines = said(app).slice(linesBefore);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^The event store fails; events wait in memory\./);
    expect(lines[1]).toBe('The event store answers again.');
  });
});

describe('on an SQLite file', () => {
  let database: ScratchDatabase;
  let handles: SqliteHandle[];
  let app: TestApp;
  /** What the file's connection is told whenever it is opened. */
  let pragma: string;

  beforeEach(async () => {
    handles = [];
    pragma = 'query_only = OFF';
    database = await scratchSqlite();
    const options = {
      ...database.options,
      prepareDatabase: (handle: SqliteHandle) => {
        handles.push(handle);
        handle.pragma(pragma);
      },
    } as DataSourceOptions;
    app = await startApp({ controllers: [FailingController], tracker: { database: options, delivery } });
    await failing(app, 'before', 1);
    await app.allIssues();
  });
  afterEach(async () => {
    await app.close();
    await database.drop();
  });

  const tell = (command: string): void => {
    pragma = command;
    handles.at(-1)?.pragma(command);
  };

  it.each([
    ['that cannot be written', 'query_only = ON', 'query_only = OFF'],
    ['whose disk is full', 'max_page_count = 1', 'max_page_count = 1000000'],
  ])('goes on with one %s, shows what is there, and stores the rest later', async (_what, broken, mended) => {
    tell(broken);
    // More than fits into the pages that are there.
    for (const bug of Array.from('abcdefghijklmnopqrst', (letter) => letter.repeat(6))) {
      await failing(app, bug, 4);
    }
    await eventually(() => {
      expect(health(app).storeAvailable).toBe(false);
    });
    const page = await http(`${app.url}/errors`);
    expect(page.status).toBe(200);
    expect(page.body).toContain('before');
    expect(page.body).toContain('The database does not answer');
    tell(mended);
    const issues = await app.allIssues();
    expect(issues.reduce((sum, { eventCount }) => sum + eventCount, 0)).toBe(81);
    expect(health(app)).toMatchObject({ status: 'ok', dropped: {} });
  });

  it('takes nothing after it was closed, and closes twice', async () => {
    await app.app.close();
    expect(app.tracker.capture(new Error('too late'))).toBeUndefined();
    await app.app.close();
    expect(await app.tracker.flush(1000)).toBe(true);
  });
});
