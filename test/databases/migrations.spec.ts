import { DataSource, EntitySchema, MigrationExecutor } from 'typeorm';
import { dataSourceOptions } from '../../lib/storage/typeorm/data-source-options.js';
import { StorageSchemaError } from '../../lib/errors/storage-schema.error.js';
import {
  administrate,
  MARIADB,
  POSTGRES,
  scratchMariadb,
  scratchPostgres,
  scratchSqlite,
  type ScratchDatabase,
} from '../support/databases.js';
import { aBatch, aDelta, anEvent, samplesOf } from '../../lib/testing/deltas.js';
import { connectStore } from '../support/stores.js';

const noAlerts = () => [];

describe.each([
  ['SQLite', scratchSqlite],
  ['PostgreSQL', scratchPostgres],
  ['MariaDB', scratchMariadb],
])('the schema on %s', (_, makeDatabase) => {
  let database: ScratchDatabase;
  let dataSource: DataSource;
  let store: ReturnType<typeof connectStore>['store'];

  beforeEach(async () => {
    database = await makeDatabase();
    ({ dataSource, store } = connectStore(database));
    await store.open();
  });
  afterEach(async () => {
    await store.close();
    await database.drop();
  });

  it('is what the entities say', async () => {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('goes down and up again with data in it', async () => {
    await store.save(aBatch(aDelta('a', { samples: samplesOf('a', 3) })), noAlerts);
    for (const _migration of dataSource.migrations) await dataSource.undoLastMigration();
    expect(await tables()).toEqual([]);
    await store.open();
    const [outcome] = await store.save(aBatch(aDelta('a')), noAlerts);
    expect(outcome).toMatchObject({ created: true });
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries).toEqual([]);
  });

  it('keeps its data through every single step down and up', async () => {
    const samples = samplesOf('a', 3, { user: { id: 'ada' } });
    const [outcome] = await store.save(aBatch(aDelta('a', { samples })), noAlerts);
    for (let steps = 1; steps < dataSource.migrations.length; steps += 1) {
      for (let step = 0; step < steps; step += 1) await dataSource.undoLastMigration();
      await store.open();
      const { items } = await store.findEvents(outcome?.issueId ?? 0, 10);
      expect(items.map(({ event }) => event.id).reverse()).toEqual(samples.map(({ event }) => event.id));
      const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
      expect(upQueries).toEqual([]);
    }
    // What says whose they are came after them.
    expect(await store.eraseUser('ada')).toBe(3);
  });

  it('takes what a version before it writes, while a deployment rolls', async () => {
    const [outcome] = await store.save(aBatch(aDelta('a')), noAlerts);
    // As the version without users of events does it.
    await dataSource.query(
      `INSERT INTO error_tracker_event (id, issue_id, seq, hash, at, weight, payload) VALUES ('old', ${String(outcome?.issueId)}, 9, 'h', 5, 1, '{"exceptions":[]}')`,
    );
    expect(await store.getEvent('old')).toMatchObject({ issueId: outcome?.issueId, seq: 9 });
    // A backslash would mean something else in MariaDB's literals.
    const payload = JSON.stringify(anEvent('a', { user: { id: 'ada' } })).replaceAll('\\n', ' ');
    for (let seq = 10; seq < 80; seq += 1) {
      await dataSource.query(
        `INSERT INTO error_tracker_event (id, issue_id, seq, hash, at, weight, payload)
          VALUES ('old ${String(seq)}', ${String(outcome?.issueId)}, ${String(seq)}, 'h', 5, 1, '${payload}')`,
      );
    }
    expect(await store.eraseUser('ada')).toBe(70);
    expect(await store.eraseUser('ada')).toBe(0);
    expect(await store.getEvent('old')).toBeDefined();
  });

  it('leaves columns alone that the application added, and lets its own entity read them', async () => {
    const OwnIssue = new EntitySchema<{ id: number; title: string; team: string | null }>({
      name: 'own-issue',
      tableName: 'error_tracker_issue',
      synchronize: false,
      columns: {
        id: { type: 'integer', primary: true },
        title: { type: 'varchar' },
        team: { type: 'varchar', length: 50, nullable: true },
      },
    });
    await dataSource.query('ALTER TABLE error_tracker_issue ADD COLUMN team varchar(50)');
    const [outcome] = await store.save(aBatch(aDelta('a')), noAlerts);
    const id = outcome?.issueId ?? 0;
    const own = await new DataSource({
      ...dataSourceOptions(database.options, process.cwd()),
      entities: [OwnIssue],
      migrations: [],
      synchronize: true,
    }).initialize();
    const issues = own.getRepository(OwnIssue);
    await issues.update({ id }, { team: 'payments' });
    await store.save(aBatch(aDelta('a', { title: 'newer' })), noAlerts);
    await store.open();
    expect(await issues.findOneBy({ team: 'payments' })).toEqual({ id, title: 'newer', team: 'payments' });
    await own.destroy();
  });

  it('says what to do when a table is missing, and never makes one up', async () => {
    await dataSource.query('DROP TABLE error_tracker_issue_hour');
    await expect(store.save(aBatch(aDelta('a')), noAlerts)).rejects.toThrow(StorageSchemaError);
    await expect(store.getHours([1], 0)).rejects.toThrow(/delete error_tracker_migrations/);
    expect(await tables()).not.toContain('error_tracker_issue_hour');
  });

  it('is left alone when it is newer than the code', async () => {
    await dataSource.query(
      "INSERT INTO error_tracker_migrations (timestamp, name) VALUES (1895219200000, 'Later1895219200000')",
    );
    const { store: old } = connectStore(database);
    await old.open();
    expect(await old.save(aBatch(aDelta('a')), noAlerts)).toHaveLength(1);
    await old.close();
  });

  it('keeps no marker of processes that ended long ago', async () => {
    const day = 24 * 3_600_000;
    for (const [name, age] of [
      ['flush:old', 8 * day],
      ['flush:new', 6 * day],
      ['other', 99 * day],
    ] as const) {
      await dataSource.query(
        `INSERT INTO error_tracker_meta (name, value, updated_at) VALUES ('${name}', '', ${String(Date.now() - age)})`,
      );
    }
    await store.open();
    const left = await dataSource.query<{ name: string }[]>(
      'SELECT name FROM error_tracker_meta ORDER BY name',
    );
    expect(left.map(({ name }) => name)).toEqual(['flush:new', 'other']);
  });

  it('is not locked for anybody when there is nothing to do', async () => {
    const executed = jest.spyOn(MigrationExecutor.prototype, 'executePendingMigrations');
    await store.open();
    expect(executed).not.toHaveBeenCalled();
    executed.mockRestore();
  });

  async function tables(): Promise<string[]> {
    const runner = dataSource.createQueryRunner();
    const found = await runner.getTables(dataSource.entityMetadatas.map(({ tablePath }) => tablePath));
    await runner.release();
    return found.map(({ name }) => name);
  }
});

describe('the schema on PostgreSQL', () => {
  it('may stand in a schema of its own', async () => {
    const database = await scratchPostgres();
    await administrate(database.options, 'CREATE SCHEMA "Odd one"');
    const options = { ...database.options, schema: 'Odd one' } as ScratchDatabase['options'];
    const { store, dataSource } = connectStore({ ...database, options });
    await store.open();
    const [outcome] = await store.save(aBatch(aDelta('a', { samples: samplesOf('a', 1) })), noAlerts);
    expect(await store.getIssue(outcome?.issueId ?? 0)).toMatchObject({ eventCount: 1 });
    expect((await store.findIssues({ limit: 5, search: 'a' })).items).toHaveLength(1);
    for (const _migration of dataSource.migrations.slice(1)) await dataSource.undoLastMigration();
    await store.open();
    expect((await store.findEvents(outcome?.issueId ?? 0, 5)).items).toHaveLength(1);
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries).toEqual([]);
    await store.close();
    await database.drop();
  });

  it('cannot be made without permission, and the error says so', async () => {
    const database = await scratchPostgres();
    const role = `reader_${database.name}`;
    await administrate(POSTGRES, `CREATE ROLE ${role} LOGIN`);
    const options = { ...database.options, username: role } as ScratchDatabase['options'];
    const { store } = connectStore({ ...database, options });
    await expect(store.open()).rejects.toThrow(StorageSchemaError);
    await store.close();
    await database.drop();
    await administrate(POSTGRES, `DROP ROLE ${role}`);
  });
});

describe('the schema on MariaDB', () => {
  // Every step commits by itself there, and the process may die after any of them.
  it.each([
    ['a table', 0, ['DROP TABLE error_tracker_lease', 'DROP TABLE error_tracker_meta']],
    ['an index', 1, ['DROP INDEX error_tracker_event_user ON error_tracker_event']],
    ['a column', 1, ['ALTER TABLE error_tracker_event DROP COLUMN user_hash']],
    ['nothing but the note of it', 1, []],
  ])('is brought to its end when it lacks %s', async (_what, noted, steps) => {
    const database = await scratchMariadb();
    const { store, dataSource } = connectStore(database);
    await store.open();
    await store.save(aBatch(aDelta('a', { samples: samplesOf('a', 1) })), noAlerts);
    for (const step of steps) await dataSource.query(step);
    const notes = await dataSource.query<{ id: number }[]>(
      'SELECT id FROM error_tracker_migrations ORDER BY id',
    );
    for (const { id } of notes.slice(noted)) {
      await dataSource.query('DELETE FROM error_tracker_migrations WHERE id = ?', [id]);
    }
    await store.open();
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
    expect((await store.findIssues({ limit: 5 })).items).toMatchObject([{ storedCount: 1 }]);
    await store.close();
    await database.drop();
  });

  it('keeps 4-byte characters whatever the default of the database', async () => {
    const database = await scratchMariadb();
    const { store } = connectStore(database);
    await store.open();
    const columns = await administrate<{ CHARACTER_SET_NAME: string; COLLATION_NAME: string }[]>(
      MARIADB,
      `SELECT DISTINCT CHARACTER_SET_NAME, COLLATION_NAME FROM information_schema.COLUMNS
        WHERE TABLE_SCHEMA = '${database.name}' AND TABLE_NAME LIKE 'error_tracker_%'
        AND TABLE_NAME <> 'error_tracker_migrations' AND CHARACTER_SET_NAME IS NOT NULL`,
    );
    expect(columns).toEqual([{ CHARACTER_SET_NAME: 'utf8mb4', COLLATION_NAME: 'utf8mb4_bin' }]);
    await store.close();
    await database.drop();
  });
});
