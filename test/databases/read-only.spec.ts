import { execFileSync } from 'node:child_process';
import type { DataSourceOptions } from 'typeorm';
import type { TestApp } from '../support/app.js';
import { startChildApp } from '../support/child-app.js';
import { cleanUpsOfEachTest } from '../support/clean-ups.js';
import { administrate, POSTGRES, scratchPostgres, scratchSqlite } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import {
  administer,
  delivery,
  expectOutage,
  expectRecovered,
  fail,
  listenTo,
  startFailingApp,
} from '../support/faults.js';
import { http } from '../support/http.js';
import { privateServer } from '../support/private-server.js';

const cleanUps = cleanUpsOfEachTest();

it('goes on while PostgreSQL is read-only, shows what is there, and stores the rest later', async () => {
  const database = await scratchPostgres();
  cleanUps.push(() => database.drop());
  const app = await startFailingApp(database.options);
  cleanUps.push(() => app.close());
  const make = async (mode: 'on' | 'off'): Promise<void> => {
    await administrate(
      POSTGRES,
      `ALTER DATABASE ${database.name} SET default_transaction_read_only = ${mode}`,
    );
    // It is read when a connection begins.
    await administrate(
      POSTGRES,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database.name}'`,
    );
  };
  await expectGoesOn(app, /25006/, {
    readOnly: () => make('on'),
    writable: () => make('off'),
  });
});

it('goes on while MariaDB is read-only, shows what is there, and stores the rest later', async () => {
  const server = await privateServer('MariaDB');
  cleanUps.push(() => server.remove());
  const root = { options: { ...server.database, database: 'mysql' } as DataSourceOptions };
  // Administrators may always write.
  await administer(
    root,
    "CREATE USER app@'%'",
    "GRANT ALL ON test.* TO app@'%'",
    "DROP USER IF EXISTS ''@localhost",
  );
  const app = await startFailingApp({ ...server.database, username: 'app' } as DataSourceOptions);
  cleanUps.push(() => app.close());
  await expectGoesOn(app, /ER_OPTION_PREVENTS_STATEMENT/, {
    readOnly: () => administer(root, 'SET GLOBAL read_only = 1'),
    writable: () => administer(root, 'SET GLOBAL read_only = 0'),
  });
});

async function expectGoesOn(
  app: TestApp,
  reason: RegExp,
  make: { readonly readOnly: () => Promise<unknown>; readonly writable: () => Promise<unknown> },
): Promise<void> {
  await fail(app, 'before', 1);
  await app.allIssues();
  const said = listenTo(app);
  await make.readOnly();
  await fail(app, 'meanwhile', 10);
  await expectOutage(app, reason);
  const page = await http(`${app.url}/errors`);
  expect(page.status).toBe(200);
  expect(page.body).toContain('before');
  expect(page.body).toContain('does not answer');
  await make.writable();
  await expectRecovered(app, said, { before: 1, meanwhile: 10 });
}

it('goes on while there is no room for its file, and stores the rest when there is', async () => {
  const database = await scratchSqlite();
  cleanUps.push(() => database.drop());
  const limits = { newIssuesPerMinute: 100_000 };
  // No file of the process may grow beyond it: as on a full disk, a write fails that the driver
  // thought would not.
  const app = await startChildApp(
    'Express',
    { ...database.options },
    { delivery, limits },
    { fileLimit: 1200 },
  );
  await fail(app, 'before', 1);
  expect(await app.flush(5000)).toBe(true);
  await eventually(async () => {
    await app.storm(200);
    expect((await app.health()).storeAvailable).toBe(false);
  });
  const { lastError } = await app.health();
  expect(lastError).toMatch(/SQLITE_(FULL|IOERR)/);
  await fail(app, 'meanwhile', 20);
  expect((await http(`${app.url}/errors`)).status).toBe(200);

  execFileSync('prlimit', ['--pid', String(app.pid), '--fsize=unlimited:unlimited']);
  expect(await app.flush(20_000)).toBe(true);
  const health = await app.health();
  expect(health).toMatchObject({ storeAvailable: true, queuedEvents: 0, dropped: {} });
  expect(health.storedEvents).toBe(health.capturedEvents);
  const [{ n } = { n: 0 }] = await administer<{ n: number }>(
    database,
    'SELECT SUM(event_count) AS n FROM error_tracker_issue',
  );
  expect(n).toBe(health.capturedEvents);
  const lines = app
    .output()
    .split('\n')
    .filter((line) => line.includes('event store'));
  expect(lines).toEqual([
    expect.stringContaining('The event store fails; events wait in memory.'),
    expect.stringContaining('The event store answers again.'),
  ]);
  expect(await app.end('SIGTERM')).toMatchObject({ signal: 'SIGTERM' });
});
