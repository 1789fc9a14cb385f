import type { TestApp } from '../support/app.js';
import {
  scratchMariadb,
  scratchPostgres,
  scratchSqlite,
  type ScratchDatabase,
} from '../support/databases.js';
import {
  administer,
  DATABASES,
  expectCounts,
  expectNothingLost,
  fail,
  listenTo,
  startFailingApp,
} from '../support/faults.js';

const EVENT = 'error_tracker_event';

// None of them lets an event be stored that says "refused".
const REFUSALS = [
  [
    'a trigger of SQLite',
    scratchSqlite,
    `CREATE TRIGGER no BEFORE INSERT ON ${EVENT} WHEN NEW.payload LIKE '%refused%' BEGIN SELECT RAISE(ABORT, 'no'); END`,
  ],
  [
    'a constraint of PostgreSQL',
    scratchPostgres,
    `ALTER TABLE ${EVENT} ADD CONSTRAINT no CHECK (payload NOT LIKE '%refused%')`,
  ],
  [
    'a constraint of MariaDB',
    scratchMariadb,
    `ALTER TABLE ${EVENT} ADD CONSTRAINT no CHECK (payload NOT LIKE '%refused%')`,
  ],
  [
    'a trigger of MariaDB with a code of its own',
    scratchMariadb,
    `CREATE TRIGGER no BEFORE INSERT ON ${EVENT} FOR EACH ROW
      IF NEW.payload LIKE '%refused%' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no'; END IF`,
  ],
] as const;

let database: ScratchDatabase;
let app: TestApp;

async function start(makeDatabase: () => Promise<ScratchDatabase>): Promise<void> {
  database = await makeDatabase();
  app = await startFailingApp(database.options);
  await fail(app, 'before', 1);
  await app.allIssues();
}

afterEach(async () => {
  await app.close();
  await database.drop();
});

async function storedCounts(): Promise<Readonly<Record<string, number>>> {
  const issues = await app.allIssues();
  return Object.fromEntries(issues.map(({ title, storedCount }) => [title, storedCount]));
}

it.each(REFUSALS)(
  'counts what %s refuses, keeps all others, and says so once',
  async (_what, make, refuse) => {
    await start(make);
    const said = listenTo(app);
    await administer(database, refuse);
    // Side by side, so that they come to the database together.
    await Promise.all([fail(app, 'refused', 5), fail(app, 'welcome', 5)]);
    expect(await app.tracker.flush(10_000)).toBe(true);

    await expectCounts(app.store, { before: 1, refused: 5, welcome: 5 });
    expect(await storedCounts()).toEqual({ before: 1, refused: 0, welcome: 5 });
    expect(app.tracker.health()).toMatchObject({
      ...{ storeAvailable: true, queuedEvents: 0, storedEvents: 11 },
      ...{ dropped: {}, droppedDetails: { refused: 5 } },
    });
    expect(said().map(({ level, text }) => [level, text])).toEqual([
      ['warn', expect.stringMatching(/^Events are counted without their details \(refused\)\. ./)],
    ]);
  },
);

it.each([
  ['PostgreSQL', scratchPostgres, `ALTER TABLE ${EVENT} ALTER COLUMN payload TYPE varchar(900)`],
  ['MariaDB', scratchMariadb, `ALTER TABLE ${EVENT} MODIFY payload varchar(900)`],
])('keeps the least of an event that is too long for a column of %s', async (_kind, make, narrow) => {
  await start(make);
  const said = listenTo(app);
  await administer(database, `DELETE FROM ${EVENT}`, narrow);
  await fail(app, 'long', 3);
  await expectNothingLost(app, { before: 1, long: 3 });
  expect(await storedCounts()).toMatchObject({ long: 3 });
  const { items: issues } = await app.store.findIssues({ limit: 1, search: 'long' });
  const { items: events } = await app.store.findEvents(issues[0]!.id, 1);
  expect(events[0]?.event).toMatchObject({ exceptions: [{ value: 'long' }], truncated: ['event'] });
  expect(said()).toEqual([]);
});

it.each(DATABASES)('%s takes texts that databases do not like', async (_kind, make) => {
  await start(make);
  const said = listenTo(app);
  const texts = ['nul \0 nul', 'half \ud83d an emoji', 'all of it 😀', `very long ${'x'.repeat(100_000)}`];
  for (const text of texts)
    app.tracker.capture(Object.assign(new Error(text), { [text]: text }), { tags: { text } });
  expect(await app.tracker.flush(10_000)).toBe(true);
  const issues = await app.allIssues();
  expect(issues.map(({ eventCount, storedCount }) => [eventCount, storedCount])).toEqual(
    Array.from({ length: 5 }, () => [1, 1]),
  );
  expect(said()).toEqual([]);
});
