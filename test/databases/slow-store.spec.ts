import { eventually } from '../support/eventually.js';
import { administrate, type ScratchDatabase } from '../support/databases.js';
import { expectNothingLost, fail, listenTo, SERVERS, startFailingApp, through } from '../support/faults.js';
import { http } from '../support/http.js';
import { tcpProxy } from '../support/tcp-proxy.js';

const CONNECTIONS = {
  PostgreSQL: ({ name }: ScratchDatabase) =>
    `SELECT count(*) AS n FROM pg_stat_activity WHERE datname = '${name}'`,
  MariaDB: ({ name }: ScratchDatabase) =>
    `SELECT count(*) AS n FROM information_schema.PROCESSLIST WHERE DB = '${name}'`,
};

it.each(SERVERS)(
  'answers while %s takes 5 seconds for each word, asks on two connections at the most, and stores everything later',
  async (kind, make, address) => {
    const database = await make();
    const proxy = await tcpProxy(address);
    const app = await startFailingApp(through(proxy, database));
    try {
      await fail(app, 'before', 1);
      await app.allIssues();
      const said = listenTo(app);
      let connections = 0;
      let waiting = true;
      proxy.slowDown(5000);
      await fail(app, 'slow', 10);
      const pages = Array.from({ length: 4 }, () => http(`${app.url}/errors`));
      const told = eventually(() => {
        expect(app.tracker.health()).toMatchObject({
          status: 'degraded',
          storeAvailable: true,
          storeSlow: true,
        });
      }, 30_000).finally(() => (waiting = false));
      const counts = { before: 1, slow: 10 };
      while (waiting) {
        const [row] = await administrate<{ n: number }[]>(address, CONNECTIONS[kind](database));
        connections = Math.max(connections, Number(row?.n));
        await fail(app, 'slow', 1);
        counts.slow += 1;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      await told;
      for (const { status } of await Promise.all(pages)) expect([200, 503]).toContain(status);
      expect([1, 2]).toContain(connections);
      proxy.slowDown(0);

      await expectNothingLost(app, counts);
      expect(said().map(({ level, text }) => [level, text])).toEqual([
        ['warn', 'The event store is slow; events wait in memory.'],
        ['log', 'The event store answers again.'],
      ]);
    } finally {
      await app.close();
      await proxy.close();
      await database.drop();
    }
  },
);
