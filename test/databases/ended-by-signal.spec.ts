import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChildApp } from '../support/child-app.js';
import type { ScratchDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { delivery, expectStored, fail, SERVERS, through } from '../support/faults.js';
import { tcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

const QUEUED = 500;

describe.each(SERVERS)('with %s', (_kind, makeDatabase, address) => {
  let folder: string;
  let database: ScratchDatabase;
  let proxy: TcpProxy;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'error-tracker-'));
    database = await makeDatabase();
    proxy = await tcpProxy(address);
  });
  afterEach(async () => {
    await proxy.close();
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  const start = () =>
    startChildApp(
      'Express',
      { ...through(proxy, database) },
      { delivery: { ...delivery, shutdownTimeoutMs: 1000, journalFolder: folder } },
    );

  it.each([
    ['falls silent', () => Promise.resolve(proxy.fallSilent())],
    ['goes away', () => proxy.goDown()],
  ])(
    'ends by SIGTERM although its database %s, says what is left, and the next start stores it',
    async (_how, breakNetwork) => {
      const app = await start();
      await fail(app, 'before', 1);
      expect(await app.flush(5000)).toBe(true);
      await breakNetwork();
      await app.repeat(QUEUED);
      // By the signal itself: whoever is still waiting after 30 seconds is killed.
      expect(await app.end('SIGTERM')).toMatchObject({ signal: 'SIGTERM' });
      expect(app.output()).toMatch(/WARN \[ErrorTracker\] .*\b500\b/);

      await proxy.goDown();
      await proxy.comeBack();
      const next = await start();
      await eventually(async () => {
        await expectStored(database, { before: 1, again: QUEUED });
      });
      expect(await next.end('SIGTERM')).toMatchObject({ signal: 'SIGTERM' });
    },
  );

  it('stores everything before it ends by SIGTERM when its database answers', async () => {
    const app = await start();
    await fail(app, 'before', 1);
    await app.repeat(QUEUED);
    expect(await app.end('SIGTERM')).toMatchObject({ signal: 'SIGTERM' });
    await expectStored(database, { before: 1, again: QUEUED });
  });
});
