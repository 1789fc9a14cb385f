import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { dataSourceOptions } from '../../../../../lib/storage/typeorm/data-source-options.js';
import { sqlite } from '../../../../../lib/storage/typeorm/dialect/sqlite.js';
import { Mutex, SqliteTransactions } from '../../../../../lib/storage/typeorm/dialect/sqlite-transactions.js';
import { TrackerDataSource } from '../../../../../lib/storage/typeorm/tracker-data-source.js';

const count = (transactions: SqliteTransactions) =>
  transactions.write(async ({ runner }) => {
    await runner.query('CREATE TABLE IF NOT EXISTS seen (at integer)');
    await runner.query('INSERT INTO seen VALUES (1)');
    return (await runner.query('SELECT count(*) AS seen FROM seen')) as unknown;
  });

describe('SqliteTransactions', () => {
  let folder: string;
  let dataSource: TrackerDataSource;
  let transactions: SqliteTransactions;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'error-tracker-'));
    const database = join(folder, 'errors.sqlite');
    dataSource = new TrackerDataSource(dataSourceOptions({ type: 'better-sqlite3', database }, folder));
    await dataSource.initialize();
    transactions = new SqliteTransactions(dataSource, sqlite);
  });
  afterEach(async () => {
    await dataSource.close(1000);
    rmSync(folder, { recursive: true, force: true });
  });

  it('goes on with a new connection after a statement met a lock', async () => {
    const handle = await dataSource.createQueryRunner().connect();
    let isFirst = true;
    await transactions.write(async ({ runner }) => {
      await runner.query('CREATE TABLE seen (at integer)');
      if (!isFirst) return;
      isFirst = false;
      throw Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' });
    });
    expect(await dataSource.createQueryRunner().connect()).not.toBe(handle);
    expect(await count(transactions)).toEqual([{ seen: 1 }]);
  });

  it('is closed by the tracker alone, and stays so', async () => {
    await dataSource.destroy();
    expect(await count(transactions)).toEqual([{ seen: 1 }]);
    await dataSource.close(1000);
    await expect(count(transactions)).rejects.toThrow('not open');
    await expect(dataSource.reconnect()).rejects.toThrow('was closed');
  });
});

describe('Mutex', () => {
  it('runs one piece of work at a time, in order, and goes on after a failure', async () => {
    const mutex = new Mutex();
    const log: string[] = [];
    const work = (name: string, fails = false) =>
      mutex.run(async () => {
        log.push(`${name} begins`);
        await turn();
        log.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      });
    const results = await Promise.allSettled([work('a'), work('b', true), work('c')]);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('lets the process do other things between two pieces of work that wait for nothing', async () => {
    const mutex = new Mutex();
    let done = 0;
    const all = Promise.all(Array.from({ length: 100 }, () => mutex.run(async () => (done += 1))));
    await turn();
    await turn();
    expect(done).toBeLessThan(100);
    await all;
    expect(done).toBe(100);
  });
});
