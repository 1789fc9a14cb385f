import type { RetentionRules } from '../../lib/storage/event-store.js';
import { aBatch, aDelta, samplesOf } from '../../lib/testing/deltas.js';
import {
  scratchMariadb,
  scratchPostgres,
  scratchSqlite,
  type ScratchDatabase,
} from '../support/databases.js';
import { connectStore, type ConnectedStore } from '../support/stores.js';

const DAY_MS = 24 * 3_600_000;
const rules: RetentionRules = {
  ...{ eventDays: 30, eventsPerIssue: 100, events: 100_000 },
  ...{ quietIssueDays: 90, hourlyDays: 30, dailyDays: 365 },
};

describe.each([
  ['SQLite', scratchSqlite],
  ['PostgreSQL', scratchPostgres],
  ['MariaDB', scratchMariadb],
])('retention on %s', (_, makeDatabase) => {
  let database: ScratchDatabase;
  let connected: ConnectedStore;

  beforeEach(async () => {
    database = await makeDatabase();
    connected = connectStore(database);
    await connected.store.open();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await connected.store.close();
    await database.drop();
  });

  it('deletes nothing because the clock of one process is years ahead', async () => {
    const { store } = connected;
    const now = Date.now();
    const samples = samplesOf('a', 3, { at: now });
    const [outcome] = await store.save(aBatch(aDelta('a', { lastSeen: now, samples })), () => []);
    const id = outcome?.issueId ?? 0;
    await store.changeStatus(id, { from: 'open', status: 'resolved', kind: 'resolved', at: now });

    const wrong = now + 4000 * DAY_MS;
    jest.spyOn(Date, 'now').mockReturnValue(wrong);
    expect(await store.prune(rules, 'ahead', wrong)).toEqual({ events: 0, issues: 0, finished: true });
    jest.restoreAllMocks();

    expect(await store.getIssue(id)).toMatchObject({ status: 'resolved', storedCount: 3 });
    expect((await store.getHours([id], 0)).size).toBe(1);
  });

  it('is not kept waiting by a lease of a clock years ahead, whose process ended', async () => {
    const { store, dataSource } = connected;
    const now = Date.now();
    const take = (until: number) =>
      dataSource.query(
        `INSERT INTO error_tracker_lease (name, owner, expires_at) VALUES ('retention', 'gone', ${String(until)})`,
      );
    await take(now + 60_000);
    expect(await store.prune(rules, 'right', now)).toBeUndefined();
    await dataSource.query('DELETE FROM error_tracker_lease');
    await take(now + 4000 * DAY_MS);
    expect(await store.prune(rules, 'right', now)).toMatchObject({ finished: true });
  });
});
