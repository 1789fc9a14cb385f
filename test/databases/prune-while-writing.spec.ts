import { Housekeeping } from '../../lib/upkeep/housekeeping.js';
import type { TestApp } from '../support/app.js';
import type { ScratchDatabase } from '../support/databases.js';
import {
  administer,
  DATABASES,
  expectNothingLost,
  fail,
  listenTo,
  startFailingApp,
} from '../support/faults.js';

const ROUNDS = 15;

describe.each(DATABASES)('on %s', (_kind, makeDatabase) => {
  let database: ScratchDatabase;
  let apps: TestApp[];

  beforeEach(async () => {
    database = await makeDatabase();
    const retention = { eventsPerIssue: 5, events: 20 };
    apps = [
      await startFailingApp(database.options, { retention }),
      await startFailingApp(database.options, { retention }),
    ];
    for (const app of apps) {
      await fail(app, 'same', 1);
      await app.allIssues();
    }
  });
  afterEach(async () => {
    for (const app of apps) await app.close();
    await database.drop();
  });

  it('two applications remove old events while both write new ones, and every count stays exact', async () => {
    const said = listenTo(apps[1]!);
    const counts: Record<string, number> = { same: 2 };
    let removed = 0;
    for (let round = 0; round < ROUNDS; round++) {
      // No digits: they would be taken for the same bug.
      const own = `own ${'abcdefghijklmnopq'[round]!.repeat(5)}`;
      await Promise.all(
        apps.flatMap((app, index) => [
          fail(app, 'same', 4),
          fail(app, `${own}${index === 0 ? 'x' : 'y'}`, 2),
          app.app
            .get(Housekeeping, { strict: false })
            .run()
            .then((report) => (removed += report?.events ?? 0)),
        ]),
      );
      counts.same! += 8;
      counts[`${own}x`] = counts[`${own}y`] = 2;
    }
    expect(removed).toBeGreaterThan(0);
    for (const app of apps) expect(await app.tracker.flush(10_000)).toBe(true);
    for (const app of apps) await expectNothingLost(app, counts);

    // What every issue says is kept of it is what there is.
    const wrong = await administer(
      database,
      `SELECT id FROM error_tracker_issue i WHERE stored_count <>
        (SELECT COUNT(*) FROM error_tracker_event e WHERE e.issue_id = i.id)`,
    );
    expect(wrong).toEqual([]);
    expect(said()).toEqual([]);
  });
});
