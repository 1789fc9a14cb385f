import { createServer, get as httpGet, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Controller, Get, Injectable, Param } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import libsql from 'libsql';
import { DataSource } from 'typeorm';
import {
  ErrorTrackerService,
  Notifier,
  type BreadcrumbOptions,
  type ErrorEvent,
  type ErrorTrackerOptions,
} from '../../lib/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { http } from '../support/http.js';

let upstream: Server;
let address: string;
const asked: string[] = [];

beforeAll(async () => {
  upstream = createServer((request, response) => {
    asked.push(String(request.url));
    response.statusCode = request.url?.includes('missing') ? 404 : 200;
    response.end('{}');
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
});
afterAll(() => upstream.close());

@Controller()
class TrailController {
  constructor(
    private readonly tracker: ErrorTrackerService,
    private readonly dataSource: DataSource,
  ) {}

  @Get('trail/:name')
  async trail(@Param('name') name: string): Promise<never> {
    this.tracker.addBreadcrumb({ message: `begin ${name}`, data: { password: 'hunter2' } });
    await (await fetch(`${address}/fetched/${name}?token=hunter2&page=2`)).text();
    await new Promise<void>((resolve, reject) => {
      httpGet(`${address}/missing/${name}?secret=hunter2`, (response) => {
        response.resume().on('end', resolve);
      }).on('error', reject);
    });
    await fetch('http://127.0.0.1:9/refused').catch(() => undefined);
    await this.dataSource.query(`select 'hunter2' as word, 17 as number, ? as given`, ['hunter2']);
    throw new Error(`trail ${name} ends`);
  }
}

@Injectable()
class Posting extends Notifier {
  readonly name = 'posting';
  async notify(): Promise<void> {
    await (await fetch(`${address}/alerted`)).text();
  }
}

let running: TestApp;
afterEach(() => running.close());

async function start(breadcrumbs?: BreadcrumbOptions, options: ErrorTrackerOptions = {}): Promise<void> {
  running = await startApp({
    imports: [TypeOrmModule.forRoot({ type: 'better-sqlite3', driver: libsql, database: ':memory:' })],
    controllers: [TrailController],
    tracker: { ...options, notifiers: [Posting], capture: { ...(breadcrumbs && { breadcrumbs }) } },
  });
}

async function events(): Promise<readonly ErrorEvent[]> {
  const issues = await running.allIssues();
  const lists = await Promise.all(issues.map(({ id }) => running.store.findEvents(id, 10)));
  return lists.flatMap(({ items }) => items.map(({ event }) => event));
}

const trail = (event: ErrorEvent | undefined): unknown[] =>
  event?.breadcrumbs.map(({ type, level, message }) => [type, level, message.replace(/:\d+/, ':port')]) ?? [];

const SENT = [
  // What announces a secret is masked like everywhere, whatever is left of the value.
  ['http', 'info', 'GET http://127.0.0.1:port/fetched/a?token=[masked]&page=… 200'],
  ['http', 'warning', 'GET http://127.0.0.1:port/missing/a?secret=[masked] 404'],
];

it('notes what a request sends, and how it ended', async () => {
  await start();
  await http(`${running.url}/trail/a`);
  const [event] = await events();
  expect(trail(event).slice(0, 3)).toEqual([['manual', 'info', 'begin a'], ...SENT]);
  expect(event?.breadcrumbs.some(({ type }) => type === 'query')).toBe(false);
  expect(JSON.stringify(event?.breadcrumbs)).not.toContain('hunter2');
});

it('notes queries of the application when asked to, without their values', async () => {
  await start({ queries: true, outgoing: false });
  await http(`${running.url}/trail/a`);
  const [event] = await events();
  expect(trail(event)).toEqual([
    ['manual', 'info', 'begin a'],
    ['query', 'info', 'select ? as word, ? as number, ? as given'],
  ]);
});

it('keeps requests that run at the same time apart', async () => {
  await start();
  await Promise.all(['a', 'b', 'c'].map((name) => http(`${running.url}/trail/${name}`)));
  for (const event of await events()) {
    const [, name = ''] = /trail (\w)/.exec(event.exceptions[0]?.value ?? '') ?? [];
    const own = trail(event).filter((crumb) => new RegExp(`/${name}\\?|begin ${name}`).test(String(crumb)));
    expect(own).toHaveLength(3);
    expect(JSON.stringify(trail(event)).match(/fetched\/\w/g)).toEqual([`fetched/${name}`]);
  }
});

it('keeps off what the tracker itself sends', async () => {
  await start();
  asked.length = 0;
  await http(`${running.url}/trail/a`);
  await events();
  await http(`${running.url}/trail/b`);
  expect(JSON.stringify(await events())).not.toContain('alerted');
  await running.app.close();
  expect(asked).toContain('/alerted');
});

it.each<[string, BreadcrumbOptions['before'], unknown[]]>([
  ['drops what the hook answers false to', ({ type }) => (type === 'http' ? false : undefined), ['begin a']],
  [
    'keeps what a hook makes of it',
    (crumb) => ({ ...crumb, message: crumb.type }),
    ['manual', 'http', 'http'],
  ],
  [
    'keeps all of it where the hook throws',
    () => {
      throw new Error('hook');
    },
    ['begin a', SENT[0]?.[2], SENT[1]?.[2]],
  ],
])('%s', async (_name, before, expected) => {
  await start({ before });
  await http(`${running.url}/trail/a`);
  const [event] = await events();
  expect(
    trail(event)
      .map((crumb) => (crumb as string[])[2])
      .slice(0, expected.length),
  ).toEqual(expected);
});

it('keeps the newest of them', async () => {
  await start({}, { limits: { maxBreadcrumbs: 2 } });
  await http(`${running.url}/trail/a`);
  const [event] = await events();
  expect(event?.breadcrumbs).toHaveLength(2);
});
