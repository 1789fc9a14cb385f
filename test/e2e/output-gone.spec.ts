import { startChildApp } from '../support/child-app.js';
import { scratchSqlite } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { administer, delivery, expectStored } from '../support/faults.js';
import { http } from '../support/http.js';

it('does not end an application whose output nobody reads any more by what it says about itself', async () => {
  const database = await scratchSqlite();
  // On stdout and stderr nothing is written but the tracker's lines: the errors are captured, not
  // thrown.
  const app = await startChildApp('Express', { ...database.options }, { delivery });
  await app.repeat(1);
  expect(await app.flush(5000)).toBe(true);
  app.deafen();

  await administer(database, 'ALTER TABLE error_tracker_issue RENAME TO elsewhere');
  await app.repeat(3);
  await eventually(async () => {
    expect((await app.health()).storeAvailable).toBe(false);
  });
  expect(await http(`${app.url}/fine`)).toMatchObject({ status: 200, body: 'fine' });

  await administer(database, 'ALTER TABLE elsewhere RENAME TO error_tracker_issue');
  await eventually(async () => {
    expect((await app.health()).storeAvailable).toBe(true);
  });
  expect(await http(`${app.url}/fine`)).toMatchObject({ status: 200, body: 'fine' });
  await expectStored(database, { again: 4 });
  expect(await app.end('SIGTERM')).toMatchObject({ signal: 'SIGTERM' });
  await database.drop();
});
