import { DataSource, type DataSourceOptions } from 'typeorm';
import { dataSourceOptions } from '../../lib/storage/typeorm/data-source-options.js';
import type { Batch, SaveOutcome } from '../../lib/storage/event-store.js';
import { dialectOf } from '../../lib/storage/typeorm/dialect/dialect-of.js';
import { ServerTransactions } from '../../lib/storage/typeorm/dialect/server-transactions.js';
import { sql } from '../../lib/storage/typeorm/statement.js';
import { TrackerDataSource } from '../../lib/storage/typeorm/tracker-data-source.js';
import { TypeOrmEventStore } from '../../lib/storage/typeorm/type-orm-event.store.js';
import {
  MARIADB,
  POSTGRES,
  scratchMariadb,
  scratchPostgres,
  type ScratchDatabase,
} from '../support/databases.js';
import { aBatch, aDelta, samplesOf } from '../../lib/testing/deltas.js';
import { connectStore } from '../support/stores.js';
import { tcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

const noAlerts = () => [];

interface Server {
  readonly makeDatabase: () => Promise<ScratchDatabase>;
  readonly address: { host: string; port: number };
  /** Breaks every connection to one database. */
  readonly kill: (administrator: DataSource, database: string) => Promise<void>;
  readonly administrator: DataSourceOptions;
}

const SERVERS: [string, Server][] = [
  [
    'PostgreSQL',
    {
      makeDatabase: scratchPostgres,
      address: POSTGRES,
      administrator: POSTGRES,
      async kill(administrator, database) {
        await administrator.query(
          'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1',
          [database],
        );
      },
    },
  ],
  [
    'MariaDB',
    {
      makeDatabase: scratchMariadb,
      address: MARIADB,
      administrator: MARIADB,
      async kill(administrator, database) {
        const processes = await administrator.query<{ ID: number }[]>(
          'SELECT ID FROM information_schema.PROCESSLIST WHERE DB = ?',
          [database],
        );
        for (const { ID } of processes) {
          // It may be gone already.
          await administrator.query(`KILL ${String(ID)}`).catch(() => undefined);
        }
      },
    },
  ],
];

describe.each(SERVERS)('a store on %s', (_, server) => {
  let database: ScratchDatabase;
  let proxy: TcpProxy;
  let behindProxy: ScratchDatabase;

  beforeEach(async () => {
    database = await server.makeDatabase();
    proxy = await tcpProxy(server.address);
    const options = { ...database.options, host: '127.0.0.1', port: proxy.port } as DataSourceOptions;
    behindProxy = { ...database, options };
  });
  afterEach(async () => {
    await proxy.close();
    await database.drop();
  });

  it('counts every batch exactly once although its connections are killed again and again', async () => {
    const stores = [connectStore(database).store, connectStore(database).store];
    for (const store of stores) await store.open();
    const administrator = await new DataSource(server.administrator).initialize();
    let running = true;
    let failures = 0;
    let stored = 0;
    const killer = (async () => {
      // A machine that is slow today must get one batch through between two kills, now and then.
      let longest = 15;
      while (running) {
        const before = stored;
        await new Promise((resolve) => setTimeout(resolve, 3 + Math.random() * longest));
        await server.kill(administrator, database.name);
        if (stored === before) longest = Math.min(1000, longest * 1.05);
      }
    })();

    const ROUNDS = 60;
    const outcomes = await Promise.all(
      stores.map(async (store, index) => {
        const all: SaveOutcome[] = [];
        for (let round = 0; round < ROUNDS; round += 1) {
          const deltas = ['a', 'b', 'c'].map((bug) => aDelta(bug, { count: 2, samples: samplesOf(bug, 2) }));
          const batch = { ...aBatch(...deltas), instance: String(index) };
          all.push(...(await saveStubbornly(store, batch, () => (failures += 1))));
          stored += 1;
        }
        return all;
      }),
    ).finally(async () => {
      running = false;
      await killer;
      await administrator.destroy();
    });

    expect(failures).toBeGreaterThan(0);
    const { items } = await retried(() => present(stores[0]).findIssues({ limit: 10 }));
    expect(items.map(({ title }) => title).sort()).toEqual(['a', 'b', 'c']);
    const total = 2 * ROUNDS * stores.length;
    for (const { eventCount, storedCount, id } of items) {
      expect({ eventCount, storedCount }).toEqual({ eventCount: total, storedCount: total });
      expect([...((await present(stores[0]).getHours([id], 0)).get(id)?.values() ?? [])]).toEqual([total]);
    }
    expect(outcomes.flat().filter(({ created }) => created).length).toBeLessThanOrEqual(3);
    for (const store of stores) await store.close();
  });

  it('opens once the server is there, after failing while it was not', async () => {
    await proxy.goDown();
    const { store } = connectStore(behindProxy);
    await expect(store.open()).rejects.toThrow();
    await expect(store.open()).rejects.toThrow();
    await expect(store.save(aBatch(aDelta('a')), noAlerts)).rejects.toThrow(/not connected/);
    await proxy.comeBack();
    await store.open();
    expect(await store.save(aBatch(aDelta('a')), noAlerts)).toHaveLength(1);
    await store.close();
  });

  it('goes on by itself after the server was away', async () => {
    const { store } = connectStore(behindProxy);
    await store.open();
    const batch = aBatch(aDelta('a', { count: 2 }));
    await proxy.goDown();
    await expect(store.save(batch, noAlerts)).rejects.toThrow();
    await expect(store.findIssues({ limit: 1 })).rejects.toThrow();
    await proxy.comeBack();
    const [outcome] = await store.save(batch, noAlerts);
    expect(await store.getIssue(outcome?.issueId ?? 0)).toMatchObject({ eventCount: 2 });
    await store.close();
  });

  it('gives up opening when the server takes the connection and never answers', async () => {
    proxy.fallSilent();
    const { store } = connectStore(behindProxy);
    await expect(store.open()).rejects.toThrow();
    await proxy.goDown();
    await proxy.comeBack();
    await store.open();
    await store.close();
  });

  it('gives up a transaction whose answer never comes, and uses no such connection again', async () => {
    const dataSource = await new TrackerDataSource(dataSourceOptions(behindProxy.options, '/')).initialize();
    const transactions = new ServerTransactions(dataSource, dialectOf(dataSource.options.type), 300);
    const ask = () => transactions.read((session) => session.rows<unknown>(sql`SELECT 1 AS one`));
    await ask();
    proxy.fallSilent();
    const work = Array.from({ length: 5 }, () =>
      transactions.write(({ runner }) => runner.query('SELECT 1')),
    );
    for (const { status } of await Promise.allSettled(work)) expect(status).toBe('rejected');
    // New connections work from now on; the old ones will never get their answers.
    await proxy.comeBack();
    expect(await retried(ask)).toEqual([{ one: expect.anything() as unknown }]);
    await new TypeOrmEventStore(dataSource).close();
  });

  it('waits for the end of an attempt it heard nothing of before it decides about the next one', async () => {
    const { store } = connectStore(database);
    await store.open();
    await store.save(aBatch(aDelta('a')), noAlerts);
    const batch = aBatch(aDelta('a', { count: 5 }));

    // What a first attempt leaves behind whose connection broke while the server was still working
    // on it.
    const lost = await new DataSource(database.options).initialize();
    const runner = lost.createQueryRunner();
    await runner.startTransaction();
    await runner.query(
      `UPDATE error_tracker_meta SET value = '${batch.id}' WHERE name = 'flush:${batch.instance}'`,
    );
    await runner.query('UPDATE error_tracker_issue SET event_count = event_count + 5');
    const saving = store.save(batch, noAlerts);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await runner.commitTransaction();
    await runner.release();
    await lost.destroy();

    expect(await saving).toEqual([]);
    expect((await store.findIssues({ limit: 1 })).items[0]).toMatchObject({ eventCount: 6 });
    await store.close();
  });

  it('connects once when it is opened twice at the same time', async () => {
    const { store, dataSource } = connectStore(database);
    const initialize = jest.spyOn(dataSource, 'initialize');
    await Promise.all([store.open(), store.open()]);
    expect(initialize).toHaveBeenCalledTimes(1);
    await store.close();
  });

  it('can be closed without having been opened, and twice', async () => {
    const { store } = connectStore(behindProxy);
    await store.close();
    await store.open();
    await store.close();
    await store.close();
  });
});

/** What the tracker does: the same batch until there is an answer. */
async function saveStubbornly(store: TypeOrmEventStore, batch: Batch, failed: () => void) {
  for (;;) {
    try {
      return await store.save(batch, noAlerts);
    } catch {
      failed();
    }
  }
}

async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 40) throw error;
    }
  }
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('expected a value, got undefined');
  return value;
}
