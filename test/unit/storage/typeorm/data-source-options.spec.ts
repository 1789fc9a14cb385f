import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { ErrorTrackerConfigurationError } from '../../../../lib/errors/configuration.error.js';
import { dataSourceOptions } from '../../../../lib/storage/typeorm/data-source-options.js';

describe('dataSourceOptions', () => {
  let root: string;
  const repository = process.cwd();

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'error-tracker-'));
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(root, { recursive: true, force: true });
  });

  it('takes an SQLite file in the project by default', () => {
    expect(dataSourceOptions(undefined, repository)).toMatchObject({
      type: 'better-sqlite3',
      database: join(repository, 'error-tracker.sqlite'),
      timeout: 0,
    });
  });

  it('never lets the application’s options touch tables, names or logs', () => {
    const given = {
      ...{ type: 'postgres', host: 'db', synchronize: true, dropSchema: true, migrationsRun: true },
      ...{ logging: true, entityPrefix: 'x_', cache: true, name: 'default', entities: ['src/**/*.js'] },
      ...{ migrations: ['src/migrations/*.js'], migrationsTableName: 'migrations', subscribers: ['x'] },
    } as unknown as DataSourceOptions;
    const options = dataSourceOptions(given, root);
    expect(options).toMatchObject({
      ...{ synchronize: false, dropSchema: false, migrationsRun: false, logging: false, cache: false },
      ...{ entityPrefix: undefined, name: undefined, subscribers: [] },
      ...{ migrationsTableName: 'error_tracker_migrations', host: 'db' },
    });
    expect(options.migrations).toHaveLength(4);
    expect(options.entities).toHaveLength(9);
  });

  it('keeps pools small and connecting short, and the rest as the application said', () => {
    const postgres = dataSourceOptions(
      { type: 'postgres', extra: { max: 50, options: '-c geqo=off' }, ssl: true, connectTimeoutMS: 900 },
      root,
    );
    expect(postgres).toMatchObject({
      ...{ connectTimeoutMS: 900, ssl: true, extra: { max: 2, options: '-c geqo=off' } },
    });
    for (const type of ['mysql', 'mariadb'] as const) {
      expect(dataSourceOptions({ type, extra: { connectionLimit: 50 } }, root)).toMatchObject({
        ...{ type, connectTimeout: 5000, charset: 'utf8mb4', extra: { connectionLimit: 2 } },
      });
    }
  });

  it('refuses a database it does not support, and names those it does', () => {
    const given = { type: 'mongodb', database: 'x' } as DataSourceOptions;
    expect(() => dataSourceOptions(given, root)).toThrow(ErrorTrackerConfigurationError);
    expect(() => dataSourceOptions(given, root)).toThrow(/mongodb.*'postgres'/);
  });

  it('opens SQLite in WAL mode without waiting for locks, after the application’s own preparation', async () => {
    const prepared = jest.fn();
    const options = dataSourceOptions(
      { type: 'better-sqlite3', database: join(root, 'sub', 'x.sqlite'), prepareDatabase: prepared },
      repository,
    );
    const dataSource = await new DataSource(options).initialize();
    const pragma = async (name: string) =>
      Object.values((await dataSource.query<object[]>(`PRAGMA ${name}`))[0] ?? {})[0] as unknown;
    expect(prepared).toHaveBeenCalledTimes(1);
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('synchronous')).toBe(1);
    expect(await pragma('busy_timeout')).toBe(0);
    expect(await pragma('secure_delete')).toBe(1);
    await dataSource.destroy();
  });

  describe('the SQLite driver', () => {
    // Opened as TypeORM 1 does it, and as 0.3 does.
    const opened = (options: DataSourceOptions) => {
      const { driver } = options as unknown as { driver: new (file: string) => object };
      const call = driver as unknown as (file: string) => object;
      return [new driver(':memory:'), call(':memory:')].map((handle) => handle.constructor.name);
    };

    it('is the application’s own if it passes one', () => {
      const driver = class Own {};
      const given = { type: 'better-sqlite3', database: 'x', driver } as const;
      expect(opened(dataSourceOptions(given, root))).toEqual(['Own', 'Own']);
    });

    it('is better-sqlite3 where the project has it', () => {
      install('better-sqlite3', 'module.exports = class InProject { close() {} };');
      expect(opened(dataSourceOptions(undefined, root))).toEqual(['InProject', 'InProject']);
    });

    it('is libsql where better-sqlite3 lacks its binary', () => {
      install(
        'better-sqlite3',
        'module.exports = class { constructor() { throw new Error("no binary"); } };',
      );
      install('libsql', 'module.exports = class Libsql { close() {} };');
      const given = { type: 'better-sqlite3', database: 'x.sqlite' } as const;
      expect(opened(dataSourceOptions(given, root))).toEqual(['Libsql', 'Libsql']);
    });

    it('is found from where the process was started if the project folder has none', () => {
      expect(opened(dataSourceOptions(undefined, root))).toEqual(['Database', 'Database']);
    });

    it('says what to install where there is none', () => {
      jest.spyOn(process, 'cwd').mockReturnValue(root);
      const script = process.argv[1];
      process.argv[1] = join(root, 'main.js');
      try {
        expect(() => dataSourceOptions(undefined, root)).toThrow(ErrorTrackerConfigurationError);
        expect(() => dataSourceOptions(undefined, root)).toThrow(/npm install libsql/);
      } finally {
        process.argv[1] = script ?? '';
      }
    });
  });

  function install(name: string, source: string): void {
    const folder = join(root, 'node_modules', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'index.js'), source);
  }
});
