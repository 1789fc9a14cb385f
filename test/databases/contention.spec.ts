import { DataSource, type QueryRunner } from 'typeorm';
import { cleanUpsOfEachTest } from '../support/clean-ups.js';
import { administrate, MARIADB, POSTGRES, type ScratchDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import {
  administer,
  expectNothingLost,
  fail,
  listenTo,
  SERVERS,
  startFailingApp,
} from '../support/faults.js';
import { privateServer } from '../support/private-server.js';

const cleanUps = cleanUpsOfEachTest();

/** Somebody else with a transaction open on the tracker's tables. */
async function stranger({ options }: Pick<ScratchDatabase, 'options'>): Promise<QueryRunner> {
  const dataSource = await new DataSource(options).initialize();
  cleanUps.push(() => dataSource.destroy());
  const runner = dataSource.createQueryRunner();
  await runner.startTransaction();
  return runner;
}

const number = (rows: readonly object[]): number => Number(Object.values(rows[0] ?? {}).at(-1));

const DEADLOCKS = {
  PostgreSQL: async (name: string) =>
    number(await administrate(POSTGRES, `SELECT deadlocks FROM pg_stat_database WHERE datname = '${name}'`)),
  MariaDB: async () => number(await administrate(MARIADB, `SHOW GLOBAL STATUS LIKE 'Innodb_deadlocks'`)),
};

const WAITING = {
  PostgreSQL: (name: string) =>
    administrate<object[]>(
      POSTGRES,
      `SELECT count(*) FROM pg_stat_activity WHERE datname = '${name}' AND wait_event_type = 'Lock'`,
    ).then(number),
  MariaDB: (name: string) =>
    administer<object>(
      { options: MARIADB },
      // Whoever asks more often than ten times a second gets the same answer for ever.
      'DO SLEEP(0.2)',
      `SELECT count(*) FROM information_schema.INNODB_TRX t JOIN information_schema.PROCESSLIST p
        ON p.ID = t.trx_mysql_thread_id WHERE p.DB = '${name}' AND t.trx_state = 'LOCK WAIT'`,
    ).then(number),
};

// Known issues wait for the flush that the test asks for, so that they come to the database in one
// transaction.
const atOnce = { delivery: { flushIntervalMs: 60_000 } };

it.each(SERVERS)(
  'stores everything exactly once when %s sacrifices it to end a deadlock',
  async (kind, make) => {
    const database = await make();
    cleanUps.push(() => database.drop());
    const app = await startFailingApp(database.options, atOnce);
    cleanUps.push(() => app.close());
    for (const bug of ['former', 'latter']) {
      await fail(app, bug, 1);
      await app.allIssues();
    }
    const [latter, former] = (await app.allIssues())
      .map(({ id }) => String(id))
      .sort()
      .reverse();
    const said = listenTo(app);
    const before = await DEADLOCKS[kind](database.name);

    const runner = await stranger(database);
    await runner.query(`UPDATE error_tracker_issue SET status = 'muted' WHERE id = ${latter!}`);
    // MariaDB sacrifices whoever has done less.
    const rows = Array.from({ length: 200 }, (_, row) => `('row ${String(row)}', '', 0)`).join(', ');
    await runner.query(`INSERT INTO error_tracker_meta (name, value, updated_at) VALUES ${rows}`);
    await fail(app, 'former', 3);
    await fail(app, 'latter', 3);
    const flushed = app.tracker.flush(20_000);
    await eventually(async () => {
      expect(await WAITING[kind](database.name)).toBeGreaterThan(0);
    });
    // The tracker has the one and waits for the other.
    await runner.query(`UPDATE error_tracker_issue SET status = 'muted' WHERE id = ${former!}`);
    await runner.commitTransaction();
    await runner.release();

    expect(await flushed).toBe(true);
    await expectNothingLost(app, { former: 4, latter: 4 });
    await eventually(async () => {
      expect(await DEADLOCKS[kind](database.name)).toBeGreaterThan(before);
    });
    expect(said()).toEqual([]);
  },
);

it('stores everything exactly once after MariaDB let it wait for a lock in vain', async () => {
  const server = await privateServer('MariaDB');
  cleanUps.push(() => server.remove());
  const database = { options: server.database };
  await administer(database, 'SET GLOBAL innodb_lock_wait_timeout = 1');
  const app = await startFailingApp(server.database);
  cleanUps.push(() => app.close());
  await fail(app, 'known', 1);
  await app.allIssues();
  const said = listenTo(app);

  const runner = await stranger(database);
  await runner.query(`UPDATE error_tracker_issue SET status = 'muted'`);
  await fail(app, 'known', 10);
  const timeouts = `SELECT count FROM information_schema.INNODB_METRICS WHERE name = 'lock_timeouts'`;
  await eventually(async () => {
    expect(number(await administer<object>(database, timeouts))).toBeGreaterThan(0);
  });
  await runner.commitTransaction();
  await runner.release();

  await expectNothingLost(app, { known: 11 });
  expect(said()).toEqual([]);
});
