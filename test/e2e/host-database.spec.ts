import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get } from '@nestjs/common';
import { InjectDataSource, TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { sqlite, startApp, type TestApp } from '../support/app.js';
import { http } from '../support/http.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'error-tracker-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

@Controller()
class OrdersController {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  @Get('order')
  order(): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('CREATE TABLE IF NOT EXISTS orders (id int)');
      await manager.query('INSERT INTO orders VALUES (1)');
      throw new Error('rolled back');
    });
  }
}

const start = (host: object, dataSource: string, name?: string): Promise<TestApp> =>
  startApp({
    imports: [
      TypeOrmModule.forRootAsync({
        ...(name !== undefined && { name }),
        useFactory: async () => {
          // A connection takes its time.
          await new Promise((resolve) => setTimeout(resolve, 100));
          return { ...host, entityPrefix: 'shop_', synchronize: false };
        },
      }),
    ],
    controllers: name === undefined ? [OrdersController] : [],
    tracker: { database: { dataSource } },
  });

it('shares the database of the application, and keeps what the application rolls back', async () => {
  const file = join(folder, 'shop.sqlite');
  const app = await start(sqlite(file), 'default');
  try {
    expect((await http(`${app.url}/order`)).status).toBe(500);
    const [issue] = await app.allIssues();
    expect(issue).toMatchObject({ title: 'rolled back', eventCount: 1 });
    const host = app.app.get(DataSource);
    const tables = await host.query<{ name: string }[]>(
      "SELECT name FROM sqlite_master WHERE type = 'table'",
    );
    expect(tables.map(({ name }) => name)).toContain('error_tracker_issue');
    expect(host.isInitialized).toBe(true);
  } finally {
    await app.close();
  }
});

it('finds one by its name', async () => {
  const app = await start(sqlite(join(folder, 'reports.sqlite')), 'reports', 'reports');
  try {
    app.tracker.captureMessage('hello');
    expect((await app.allIssues())[0]?.title).toBe('hello');
  } finally {
    await app.close();
  }
});

it.each([
  ['is not there', sqlite(':memory:'), 'other', 'which the application does not have'],
  ['nobody else can see', sqlite(':memory:'), 'default', 'in memory'],
])('refuses one that %s', async (_what, host, name, message) => {
  await expect(start(host, name)).rejects.toThrow(message);
});

it('refuses a name beside other settings', async () => {
  const database = { dataSource: 'default', type: 'postgres' } as never;
  await expect(startApp({ tracker: { database } })).rejects.toThrow('not both');
});
