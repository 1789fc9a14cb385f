import type { TestApp } from '../support/app.js';
import type { ScratchDatabase } from '../support/databases.js';
import {
  administer,
  DATABASES,
  expectOutage,
  expectRecovered,
  fail,
  listenTo,
  startFailingApp,
} from '../support/faults.js';
import { http } from '../support/http.js';

describe.each(DATABASES)('on %s', (_kind, makeDatabase) => {
  let database: ScratchDatabase;
  let app: TestApp;

  beforeEach(async () => {
    database = await makeDatabase();
    app = await startFailingApp(database.options);
    await fail(app, 'before', 1);
    await app.allIssues();
  });
  afterEach(async () => {
    await app.close();
    await database.drop();
  });

  it.each(['issue', 'issue_hour', 'event'])(
    'answers while the table of %ss is gone, says once what to do, and goes on when it is back',
    async (name) => {
      const said = listenTo(app);
      await administer(database, `ALTER TABLE error_tracker_${name} RENAME TO elsewhere`);
      await fail(app, 'meanwhile', 10);
      await expectOutage(app, /StorageSchemaError.*migrations/);
      await fail(app, 'meanwhile', 10);
      const page = await http(`${app.url}/errors`, { headers: { accept: 'text/html' } });
      expect(page.body).toContain('does not answer');
      expect(page.body).not.toMatch(/\bat .*\.[jt]s/);
      await administer(database, `ALTER TABLE elsewhere RENAME TO error_tracker_${name}`);
      await expectRecovered(app, said, { before: 1, meanwhile: 20 });
      expect(said()[0]?.text).toContain('migrations');
    },
  );
});
