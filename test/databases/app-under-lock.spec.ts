import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startChildApp } from '../support/child-app.js';
import { scratchSqlite } from '../support/databases.js';
import { delivery, expectStored, fail } from '../support/faults.js';

const LOCK_HOLDER = join(__dirname, '../support/sqlite-lock-holder.mjs');
const READER = join(__dirname, '../support/sqlite-reader.mjs');

it('an application answers and loses nothing while another process holds the lock of its file most of the time', async () => {
  const database = await scratchSqlite();
  const app = await startChildApp('Express', { ...database.options }, { delivery });
  await fail(app, 'before', 1);
  expect(await app.flush(5000)).toBe(true);

  const holder = spawn(process.execPath, [LOCK_HOLDER, database.name, '2000', '250', '3'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  const ended = once(holder, 'exit');
  let isHeld = true;
  void ended.then(() => (isHeld = false));
  const counts = { before: 1, known: 0, other: 0 };
  while (isHeld) {
    await fail(app, 'known', 3);
    await fail(app, 'other', 1);
    counts.known += 3;
    counts.other += 1;
  }
  expect(await ended).toEqual([0, null]);
  expect(await app.flush(10_000)).toBe(true);

  const total = 1 + counts.known + counts.other;
  const health = await app.health();
  expect(health).toMatchObject({ status: 'ok', storedEvents: total, queuedEvents: 0, dropped: {} });
  const { stdout } = await promisify(execFile)(process.execPath, [READER, database.name]);
  expect(JSON.parse(stdout)).toMatchObject({
    ...{ counted: total, hourly: total, issues: 3, integrity_check: 'ok' },
  });
  await expectStored(database, counts);
  // A lock is no outage.
  expect(app.output()).not.toContain('event store');
  expect(await app.end('SIGTERM')).toMatchObject({ signal: 'SIGTERM' });
  await database.drop();
});
