import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  administer,
  DATABASES,
  expectNothingLost,
  fail,
  listenTo,
  startFailingApp,
} from '../support/faults.js';

const FORMER_WRITER = join(__dirname, '../support/apps/former-writer.mjs');
const ROUNDS = 60;

it.each(DATABASES)(
  'counts on %s what the version before writes to the same issue at the same time',
  async (_kind, make) => {
    const database = await make();
    const app = await startFailingApp(database.options);
    await fail(app, 'shared', 1);
    await app.allIssues();
    const said = listenTo(app);

    const former = spawn(process.execPath, [FORMER_WRITER, 'shared', String(ROUNDS)], {
      env: { ...process.env, DATABASE: JSON.stringify(database.options) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(former, 'exit');
    let isWriting = true;
    void ended.then(() => (isWriting = false));
    await once(former.stdout, 'data');
    let own = 1;
    while (isWriting) {
      await fail(app, 'shared', 2);
      own += 2;
    }
    expect(await ended).toEqual([0, null]);

    await expectNothingLost(app, { shared: own + 2 * ROUNDS });
    const [issue] = await app.allIssues();
    const [kept] = await administer<{ n: number }>(database, 'SELECT COUNT(*) AS n FROM error_tracker_event');
    expect(Number(kept?.n)).toBe(issue?.storedCount);
    expect(Number(kept?.n)).toBeGreaterThan(ROUNDS);
    // Its events are read as any others.
    const { items } = await app.store.findEvents(issue!.id, 200);
    expect(items).toHaveLength(Number(kept?.n));
    expect(said()).toEqual([]);
    await app.close();
    await database.drop();
  },
);
