import { Controller, Get, Param } from '@nestjs/common';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { ErrorTrackerExtras, ErrorTrackerOptions, EventStore } from '../../lib/index.js';
import { dataSourceOptions } from '../../lib/storage/typeorm/data-source-options.js';
import { startApp, type TestApp } from './app.js';
import {
  MARIADB,
  POSTGRES,
  scratchMariadb,
  scratchPostgres,
  scratchSqlite,
  type ScratchDatabase,
} from './databases.js';
import { eventually } from './eventually.js';
import { http, type HttpAnswer } from './http.js';
import type { LogLine } from './recording-logger.js';
import { connectStore } from './stores.js';

export const SERVERS = [
  ['PostgreSQL', scratchPostgres, POSTGRES],
  ['MariaDB', scratchMariadb, MARIADB],
] as const;

export const DATABASES = [
  ['SQLite', scratchSqlite],
  ['PostgreSQL', scratchPostgres],
  ['MariaDB', scratchMariadb],
] as const;

/** So short that outages begin and end while a test waits. */
export const delivery = { flushIntervalMs: 20, retryMaxMs: 100 };

/** How often each bug happened. */
export type Counts = Readonly<Record<string, number>>;

@Controller()
export class FailingController {
  @Get('fail/:bug')
  fail(@Param('bug') bug: string): never {
    throw new Error(bug);
  }

  @Get('fine')
  fine(): string {
    return 'fine';
  }
}

export async function startFailingApp(
  database: ErrorTrackerOptions['database'],
  { imports = [], ...tracker }: ErrorTrackerOptions & ErrorTrackerExtras = {},
): Promise<TestApp> {
  // First: whatever is logged goes to the application that started last.
  await (bareAnswers ??= askBareApp());
  const options = { database, delivery, ...tracker };
  return startApp({ imports: [...imports], controllers: [FailingController], tracker: options });
}

/** The same database by way of a proxy. */
export function through({ port }: { port: number }, { options }: ScratchDatabase): DataSourceOptions {
  return { ...options, host: '127.0.0.1', port } as DataSourceOptions;
}

/**
 * Requests that fail, and one that does not, all of them answered to the letter as by the same
 * application without tracker.
 */
export async function fail({ url }: { url: string }, bug: string, times: number): Promise<void> {
  const bare = await (bareAnswers ??= askBareApp());
  for (let call = 0; call < times; call++)
    expect(timeless(await http(`${url}/fail/${bug}`))).toEqual(bare.fail);
  expect(timeless(await http(`${url}/fine`))).toEqual(bare.fine);
}

let bareAnswers: ReturnType<typeof askBareApp> | undefined;

async function askBareApp(): Promise<{ fail: HttpAnswer; fine: HttpAnswer }> {
  const app = await startApp({ controllers: [FailingController], tracker: false });
  try {
    const fine = timeless(await http(`${app.url}/fine`));
    return { fail: timeless(await http(`${app.url}/fail/bug`)), fine };
  } finally {
    await app.close();
  }
}

function timeless({ headers: { date: _date, ...headers }, ...answer }: HttpAnswer): HttpAnswer {
  return { ...answer, headers };
}

/** What the tracker says of itself from now on. */
export function listenTo(app: TestApp): () => readonly LogLine[] {
  const said = (): LogLine[] => app.logger.lines.filter(({ context }) => context === 'ErrorTracker');
  const before = said().length;
  return () => said().slice(before);
}

/** Waits until the tracker knows that its database is away. */
export async function expectOutage(app: TestApp, reason: string | RegExp): Promise<void> {
  await eventually(() => {
    expect(app.tracker.health()).toMatchObject({ status: 'degraded', storeAvailable: false });
  }, 30_000);
  expect(app.tracker.health().lastError).toMatch(reason);
}

/**
 * Everything that happened is stored, nothing was lost, and the log has one line of the outage and
 * one of its end.
 */
export async function expectRecovered(
  app: TestApp,
  said: () => readonly LogLine[],
  counts: Counts,
): Promise<void> {
  await expectNothingLost(app, counts);
  expect(said().map(({ level, text }) => [level, text])).toEqual([
    ['warn', expect.stringMatching(/^The event store fails; events wait in memory\. ./)],
    ['log', 'The event store answers again.'],
  ]);
}

export async function expectNothingLost(app: TestApp, counts: Counts): Promise<void> {
  expect(await app.tracker.flush(20_000)).toBe(true);
  await expectCounts(app.store, counts);
  expect(app.tracker.health()).toMatchObject({
    ...{ status: 'ok', storeAvailable: true, queuedEvents: 0, dropped: {}, droppedDetails: {} },
  });
}

/** Expects exactly these issues with exactly these numbers of events, also hour by hour. */
export async function expectCounts(store: EventStore, counts: Counts): Promise<void> {
  const { items } = await store.findIssues({ limit: 200 });
  const hours = await store.getHours(
    items.map(({ id }) => id),
    0,
  );
  const sumOf = (id: number): number => [...(hours.get(id)?.values() ?? [])].reduce((sum, n) => sum + n, 0);
  const found = items.map(({ id, title, eventCount }) => [title, { events: eventCount, hourly: sumOf(id) }]);
  const thrown = Object.entries(counts).map(([bug, n]) => [bug, { events: n, hourly: n }]);
  expect(found.sort()).toEqual(thrown.sort());
}

/** The same from outside, for what other processes wrote. */
export async function expectStored(database: ScratchDatabase, counts: Counts): Promise<void> {
  const { store } = connectStore(database);
  await store.open();
  try {
    await expectCounts(store, counts);
  } finally {
    await store.close();
  }
}

/** Runs statements on a connection of their own, and returns the rows of the last one. */
export async function administer<Row>(
  { options }: Pick<ScratchDatabase, 'options'>,
  ...statements: readonly string[]
): Promise<Row[]> {
  const bare = { ...dataSourceOptions(options, process.cwd()), entities: [], migrations: [] };
  const connection = await new DataSource(bare).initialize();
  try {
    let rows: Row[] = [];
    for (const statement of statements) rows = await connection.query<Row[]>(statement);
    return rows;
  } finally {
    await connection.destroy();
  }
}
