import libsql from 'libsql';
import { aBatch, aDelta, samplesOf } from '../../../../../lib/testing/deltas.js';
import { HOUR_MS } from '../../../../../lib/time/durations.js';
import { scratchSqlite, type ScratchDatabase } from '../../../../support/databases.js';
import { connectStore, type ConnectedStore } from '../../../../support/stores.js';

const rules = {
  ...{ eventDays: 30, eventsPerIssue: 10, events: 1000 },
  ...{ quietIssueDays: 90, hourlyDays: 30, dailyDays: 365 },
};

/** Whoever begins a transaction on an SQLite file keeps all other writers waiting. */
describe('the lock of an SQLite file', () => {
  let database: ScratchDatabase;
  let connected: ConnectedStore;
  let begun: number;
  const now = Date.now();

  beforeEach(async () => {
    database = await scratchSqlite();
    class CountingDriver extends libsql {
      override exec(sql: string): this {
        if (sql === 'BEGIN IMMEDIATE') begun += 1;
        return super.exec(sql);
      }
    }
    const options = { ...database.options, driver: CountingDriver };
    connected = connectStore({ ...database, options });
    const { store } = connected;
    await store.open();
    const samples = samplesOf('a', 5, { at: now, user: { id: 'ada' } });
    const hours = new Map([[now - (now % HOUR_MS), 5]]);
    await store.save(aBatch(aDelta('a', { lastSeen: now, hours, samples })), () => []);
    begun = 0;
  });
  afterEach(async () => {
    await connected.store.close();
    await database.drop();
  });

  it('is taken for the lease alone when there is nothing to remove', async () => {
    expect(await connected.store.prune(rules, 'tester', now)).toEqual({
      ...{ events: 0, issues: 0, finished: true },
    });
    // To have it, and to give it back.
    expect(begun).toBe(2);
  });

  it('is taken once more for what has to go', async () => {
    expect(await connected.store.prune({ ...rules, eventsPerIssue: 3 }, 'tester', now)).toMatchObject({
      events: 2,
    });
    expect(begun).toBe(3);
  });

  it('is not needed to find out that there is nothing to erase', async () => {
    const holder = new libsql(database.name);
    holder.exec('BEGIN IMMEDIATE');
    try {
      expect(await connected.store.eraseUser('nobody')).toBe(0);
    } finally {
      holder.exec('ROLLBACK');
      holder.close();
    }
    expect(begun).toBe(0);
  });

  it('is taken twice to erase a user: for the events, and for what was counted', async () => {
    expect(await connected.store.eraseUser('ada')).toBe(5);
    expect(begun).toBe(2);
  });
});
