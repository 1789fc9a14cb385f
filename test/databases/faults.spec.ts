import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSourceOptions } from 'typeorm';
import type { SqliteHandle } from '../../lib/storage/typeorm/dialect/sqlite-driver.js';
import type { TestApp } from '../support/app.js';
import { startChildApp } from '../support/child-app.js';
import {
  scratchMariadb,
  scratchPostgres,
  scratchSqlite,
  type ScratchDatabase,
} from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import {
  expectOutage,
  expectRecovered,
  fail,
  listenTo,
  SERVERS,
  startFailingApp,
  through,
} from '../support/faults.js';
import { http } from '../support/http.js';
import { connectStore } from '../support/stores.js';
import { tcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

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

  it(`makes one issue, and one alert, of a bug that ${String(processes)} processes meet at once on an empty database`, async () => {
    const CALLS = 40;
    const options = { delivery: { flushIntervalMs: 20, retryMaxMs: 200 } };
    const { driver: _driver, ...plain } = database.options;
    const folder = mkdtempSync(join(tmpdir(), 'error-tracker-'));
    const alerts = join(folder, 'alerts');
    const apps = await Promise.all(
      Array.from({ length: processes }, () => startChildApp('Express', plain, options, { alerts })),
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
    expect(readFileSync(alerts, 'utf8')).toBe(`new-issue:${String(items[0]!.id)}\n`);
    rmSync(folder, { recursive: true });
    await store.close();
  });

  it('tells two applications in one process apart, and captures for each once', async () => {
    const first = await startFailingApp(database.options);
    const second = await startFailingApp(database.options);
    await Promise.all([fail(first, 'same', 7), fail(second, 'same', 5), fail(second, 'own', 3)]);
    await first.allIssues();
    const issues = await second.allIssues();
    expect(Object.fromEntries(issues.map(({ title, eventCount }) => [title, eventCount]))).toEqual({
      same: 12,
      own: 3,
    });
    await first.close();
    await fail(second, 'own', 1);
    expect((await second.allIssues()).find(({ title }) => title === 'own')?.eventCount).toBe(4);
    await second.close();
  });
});

describe.each(SERVERS)('behind a network to %s', (_kind, makeDatabase, address) => {
  let database: ScratchDatabase;
  let proxy: TcpProxy;
  let app: TestApp;

  beforeEach(async () => {
    database = await makeDatabase();
    proxy = await tcpProxy(address);
    app = await startFailingApp(through(proxy, database));
    await fail(app, 'before', 1);
    await app.allIssues();
  });
  afterEach(async () => {
    await app.close();
    await proxy.close();
    await database.drop();
  });

  it('answers while the database is away, says so once, and goes on by itself', async () => {
    const said = listenTo(app);
    await proxy.goDown();
    await fail(app, 'away', 20);
    await expectOutage(app, 'ECONN');
    await fail(app, 'away', 20);
    await proxy.comeBack();
    await expectRecovered(app, said, { before: 1, away: 40 });
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
    app = await startFailingApp(options);
    await fail(app, 'before', 1);
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
      await fail(app, bug, 4);
    }
    await eventually(() => {
      expect(app.tracker.health().storeAvailable).toBe(false);
    });
    const page = await http(`${app.url}/errors`);
    expect(page.status).toBe(200);
    expect(page.body).toContain('before');
    expect(page.body).toContain('The database does not answer');
    tell(mended);
    const issues = await app.allIssues();
    expect(issues.reduce((sum, { eventCount }) => sum + eventCount, 0)).toBe(81);
    expect(app.tracker.health()).toMatchObject({ status: 'ok', dropped: {} });
  });
});
