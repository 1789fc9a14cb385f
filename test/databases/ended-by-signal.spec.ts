import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChildApp } from '../support/child-app.js';
import type { ScratchDatabase } from '../support/databases.js';
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

  it('stores everything before it ends by SIGTERM when its database answers', async () => {
    const app = await start();
    await fail(app, 'before', 1);
    await app.repeat(QUEUED);
    expect(await app.end('SIGTERM')).toMatchObject({ signal: 'SIGTERM' });
    await expectStored(database, { before: 1, again: QUEUED });
  });
});
