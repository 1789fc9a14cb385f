import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { scratchSqlite } from '../support/databases.js';
import { aBatch, aDelta, samplesOf } from '../../lib/testing/deltas.js';
import { connectStore } from '../support/stores.js';

const LOCK_HOLDER = join(__dirname, '../support/sqlite-lock-holder.mjs');
const READER = join(__dirname, '../support/sqlite-reader.mjs');
const noAlerts = () => [];

it('what is reported as stored is in the file, although another process holds its lock most of the time', async () => {
  const database = await scratchSqlite();
  const stores = [connectStore(database).store, connectStore(database).store];
  for (const store of stores) await store.open();

  const holder = spawn(process.execPath, [LOCK_HOLDER, database.name, '2000', '250', '3'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  const ended = once(holder, 'exit');
  let running = true;
  void ended.then(() => (running = false));

  const reported = { counted: 0, events: 0, bugs: new Set<string>() };
  const work = stores.map(async (store, index) => {
    for (let round = 0; running; round += 1) {
      const bug = `bug ${String(index)} ${String(round % 50)}`;
      const deltas = [
        aDelta(bug, { count: 3, samples: samplesOf(bug, 1) }),
        aDelta('the same', { count: 2, samples: samplesOf('the same', 1) }),
      ];
      // The driver answers at once, and promises alone would never let the process hear that the
      // other one ended.
      await nextTurn();
      const outcomes = await store.save({ ...aBatch(...deltas), instance: String(index) }, noAlerts);
      if (outcomes.length !== 2) continue;
      reported.counted += 5;
      reported.events += 2;
      reported.bugs.add(bug).add('the same');
      await store.findIssues({ limit: 5 });
    }
  });
  await Promise.all(work);
  const [code] = (await ended) as [number];
  expect(code).toBe(0);

  const { stdout } = await promisify(execFile)(process.execPath, [READER, database.name]);
  expect(JSON.parse(stdout)).toEqual({
    ...{ counted: reported.counted, hourly: reported.counted, events: reported.events },
    ...{ issues: reported.bugs.size, integrity_check: 'ok' },
  });
  expect(reported.counted).toBeGreaterThan(100);

  for (const store of stores) await store.close();
  await database.drop();
});
