import type { TestApp } from '../support/app.js';
import type { ScratchDatabase } from '../support/databases.js';
import { DATABASES, expectStored, fail, listenTo, startFailingApp } from '../support/faults.js';

describe.each(DATABASES)('on %s', (_kind, makeDatabase) => {
  let database: ScratchDatabase;
  let app: TestApp;

  beforeEach(async () => {
    database = await makeDatabase();
    // Nothing but the end stores what is waiting.
    app = await startFailingApp(database.options, { delivery: { flushIntervalMs: 60_000 } });
    await fail(app, 'known', 1);
    await app.allIssues();
  });
  afterEach(async () => {
    await app.close();
    await database.drop();
  });

  it('stores everything when it is flushed and closed twice in the same moment', async () => {
    const said = listenTo(app);
    await fail(app, 'known', 30);
    expect(app.tracker.health().queuedEvents).toBe(30);
    const { tracker } = app;
    const ends = [tracker.flush(5000), app.app.close(), app.app.close(), tracker.flush(5000)];
    expect(await Promise.all(ends)).toEqual([true, undefined, undefined, true]);
    await expectStored(database, { known: 31 });
    expect(said()).toEqual([]);
  });

  it('takes nothing after it was closed, and closes twice', async () => {
    await fail(app, 'known', 5);
    await app.app.close();
    expect(app.tracker.capture(new Error('too late'))).toBeUndefined();
    await app.app.close();
    expect(await app.tracker.flush(1000)).toBe(true);
    await expectStored(database, { known: 6 });
  });
});
