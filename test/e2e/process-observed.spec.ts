import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErrorEvent, ErrorTrackerOptions } from '../../lib/index.js';
import { startApp } from '../support/app.js';

interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

interface Report {
  readonly title: string;
  readonly count: number;
  readonly event: ErrorEvent;
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'error-tracker-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function run(
  action: string,
  {
    tracker = true,
    execArgv = [],
    options = {},
  }: { tracker?: boolean; execArgv?: string[]; options?: ErrorTrackerOptions } = {},
): Promise<End & { readonly reports?: readonly Report[] }> {
  const child = fork(join(__dirname, '..', 'support', 'apps', 'crashing-app.mjs'), {
    env: {
      ...process.env,
      ACTION: action,
      DATABASE: join(folder, 'errors.sqlite'),
      OPTIONS: JSON.stringify(options),
      TRACKER: tracker ? 'yes' : 'no',
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  let reports: readonly Report[] | undefined;
  child.on('message', (message) => (reports = message as readonly Report[]));
  const watchdog = setTimeout(() => child.kill('SIGKILL'), 30_000);
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  clearTimeout(watchdog);
  // Warnings begin with the number of the process.
  return { code, signal, output: output.replace(/\(node:\d+\)/g, '(node)'), ...(reports && { reports }) };
}

const journals = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.journal'));

/** What the next start of the application finds in the database. */
async function nextStart(): Promise<readonly Report[]> {
  const { reports, output } = await run('report');
  if (!reports) throw new Error(`It did not report:\n${output}`);
  return reports;
}

const strict = ['--unhandled-rejections=strict'];
const warn = ['--unhandled-rejections=warn'];
const none = ['--unhandled-rejections=none'];

it.each([
  ['an exception in a timer', 'throw', [], 'timer broke', 'fatal'],
  ['a rejection', 'reject', [], 'nobody caught it', 'fatal'],
  ['a rejection in strict mode', 'reject', strict, 'nobody caught it', 'fatal'],
  ['a rejection that Node only warns of', 'reject', warn, 'nobody caught it', 'error'],
  ['a rejection that Node says nothing of', 'reject', none, 'nobody caught it', 'error'],
  ['a filter that rejects', 'filterRejects', [], 'the filter rejected', 'fatal'],
  ['a rejection with a text', 'rejectText', [], expect.stringContaining('a text'), 'fatal'],
  ['an exception that the application survives', 'surviveException', [], 'survived', 'error'],
  ['a rejection that the application survives', 'surviveRejection', [], 'rejected and survived', 'error'],
])(
  'captures %s, and leaves exit code and output to Node',
  async (_name, action, execArgv, title, severity) => {
    const bare = await run(action, { tracker: false, execArgv });
    const tracked = await run(action, { execArgv });
    expect(tracked).toEqual(bare);
    const reports = await nextStart();
    expect(reports).toEqual([
      expect.objectContaining({
        title,
        count: 1,
        event: expect.objectContaining({ source: 'process', handled: false, severity }),
      }),
    ]);
    expect(journals()).toEqual([]);
  },
);

it('compares processes that really end in different ways', async () => {
  const ends = await Promise.all(
    ['throw', 'surviveException', 'exit'].map((action) => run(action, { tracker: false })),
  );
  expect(ends.map(({ code }) => code)).toEqual([1, 0, 3]);
  expect(ends[0]?.output).toContain('timer broke');
});

it('keeps warnings of the process as breadcrumbs', async () => {
  await run('throw');
  const [report] = await nextStart();
  expect(report?.event.breadcrumbs).toMatchObject([{ type: 'warning', message: 'Warning: an old way' }]);
});

it('makes one event of an exception that was captured before it ended the process', async () => {
  await run('captureAndThrow');
  expect((await nextStart()).map(({ title, count }) => [title, count])).toEqual([['seen before', 1]]);
});

it('leaves what process.exit() would take along in a journal of its own, without secrets', async () => {
  expect(await run('exit')).toMatchObject({ code: 3, output: '' });
  const [journal, ...more] = journals();
  expect(more).toEqual([]);
  const file = join(folder, journal!);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).not.toContain('hunter2');
  expect((await nextStart()).map(({ title, count }) => [title, count])).toEqual([
    ['left behind, password=[masked]', 1],
  ]);
  expect(journals()).toEqual([]);
});

it('does not count twice what was stored before its journal could be removed', async () => {
  await run('exit');
  const [journal] = journals();
  const text = readFileSync(join(folder, journal!));
  await nextStart();
  writeFileSync(join(folder, journal!), text);
  expect((await nextStart()).map(({ count }) => count)).toEqual([1]);
});

it('leaves a journal alone that cannot be read', async () => {
  await run('exit');
  const [journal] = journals();
  writeFileSync(join(folder, journal!), '[{"half": ');
  expect(await nextStart()).toEqual([]);
  expect(journals()).toEqual([journal]);
});

it('does not change how the process ends where no journal can be written', async () => {
  const options = { delivery: { journalFolder: '/proc/nowhere' } };
  expect(await run('exit', { options })).toMatchObject({ code: 3 });
});

it.each([
  ['throw', { uncaughtException: false }],
  ['reject', { unhandledRejection: false }],
])('captures nothing where the options say so: %s', async (action, capture) => {
  await run(action, { options: { capture } });
  expect(await nextStart()).toEqual([]);
});

it('listens once for all applications of the process, and not any more once they are closed', async () => {
  const events = [
    ...['uncaughtExceptionMonitor', 'unhandledRejection', 'uncaughtException', 'warning', 'exit'],
    ...['newListener', 'removeListener'],
  ];
  const counts = (): number[] => events.map((event) => process.listenerCount(event));
  const before = counts();
  const first = await startApp();
  const one = counts();
  const second = await startApp();
  expect(counts()).toEqual(one);
  await first.close();
  expect(counts()).toEqual(one);
  await second.close();
  expect(counts()).toEqual(before);
  expect(one).not.toEqual(before);
});
