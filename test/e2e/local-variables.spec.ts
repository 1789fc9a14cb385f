import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { CaptureOptions, ErrorEvent } from '../../lib/index.js';

interface Answer {
  readonly result: unknown;
  readonly events: readonly ErrorEvent[];
}

let child: ChildProcess;
let output: string;

async function start(capture: CaptureOptions, nodeOptions: readonly string[] = []): Promise<void> {
  output = '';
  child = fork(join(__dirname, '..', 'support', 'apps', 'variables-app.mjs'), {
    env: { ...process.env, OPTIONS: JSON.stringify({ capture }) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: ['--expose-gc', ...nodeOptions],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  await once(child, 'message');
}

afterEach(async () => {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
});

async function ask(action: string, argument?: unknown): Promise<Answer> {
  child.send({ action, argument });
  const [answer] = (await once(child, 'message')) as [Answer];
  return answer;
}

/**
 * Variables of every frame that has some, by function, of the event whose message starts like this.
 */
function variablesIn({ events }: Answer, message: string): Record<string, unknown> {
  const exception = events
    .flatMap(({ exceptions }) => exceptions)
    .find(({ value }) => value.startsWith(message));
  if (!exception) throw new Error(`Nothing captured of "${message}"; the application says:\n${output}`);
  const frames = exception.frames.filter(({ variables }) => variables);
  return Object.fromEntries(frames.map((frame) => [frame.function ?? '', frame.variables]));
}

const watching = { localVariables: true };

it('shows the variables of an exception that Nest answers, masked by name and by form', async () => {
  await start(watching);
  expect((await ask('watched')).result).toBe(true);
  expect((await ask('isWatched')).result).toBe(true);
  const answer = await ask('pay');
  expect(answer.result).toBe(500);
  const order = { id: 12, lines: [{ cents: 200 }, { cents: 350 }] };
  expect(variablesIn(answer, 'no booking')).toEqual({
    'PaymentsService.book': {
      attempt: 2,
      total: 550,
      details: { order, card: { number: '[masked]' } },
      account: { id: 7, apiKey: '[masked]', note: 'sent with password=[masked] for 12' },
    },
    'PaymentsService.pay': { order, password: '[masked]', total: 550 },
  });
  expect(JSON.stringify(answer.events)).not.toMatch(/swordfish|hunter2|live-4711|4111111111111111/);
});

it('shows them of an exception that nobody catches', async () => {
  await start(watching);
  await ask('watched');
  const answer = await ask('uncaught');
  expect(variablesIn(answer, 'no booking')['PaymentsService.book']).toMatchObject({ total: 5, attempt: 2 });
});

it('hides what a method declares sensitive', async () => {
  await start(watching);
  await ask('watched');
  expect(variablesIn(await ask('caught', 'secret'), 'marked')['PaymentsService.secret']).toEqual({
    pin: '[masked]',
    first: '[masked]',
    second: 'show',
  });
  expect(variablesIn(await ask('caught', 'guarded'), 'hidden')['PaymentsService.guarded']).toEqual({
    anything: '[masked]',
  });
});

it('copies hostile values within bounds', async () => {
  await start(watching);
  await ask('watched');
  const shown = variablesIn(await ask('hostile'), 'hostile')['Object.hostile'];
  expect(shown).toMatchObject({
    proxy: '[Proxy]',
    trap: { boom: '[Getter]' },
    circle: { name: 'circle', self: '[circular]' },
    account: {},
    never: '[undefined]',
  });
  expect(JSON.stringify(shown).length).toBeLessThan(4000);
});

it('shows the variables of the latest throw of an exception that is kept', async () => {
  await start(watching);
  await ask('watched');
  expect(variablesIn(await ask('kept', 'alice'), 'kept since')).toMatchObject({
    throwKept: { user: 'alice' },
  });
  expect(variablesIn(await ask('kept', 'bob'), 'kept since')).toMatchObject({ throwKept: { user: 'bob' } });
});

it('keeps no memory of exceptions that are gone, and gives way in a storm', async () => {
  await start(watching);
  await ask('watched');
  const { heapUsed } = (await ask('storm', 2000)).result as { heapUsed: number };
  const after = (await ask('storm', 20_000)).result as { caught: number; heapUsed: number };
  expect(after.caught).toBe(20_000);
  // Each of them held 10 kB in its variables.
  expect(after.heapUsed - heapUsed).toBeLessThan(5_000_000);
});

it('leaves the process to a debugger, and goes on after it', async () => {
  await start(watching);
  await ask('watched');
  await ask('debug');
  expect(variablesIn(await ask('caught', 'secret'), 'marked')).toEqual({});
  await ask('endDebug');
  expect((await ask('watched')).result).toBe(true);
});

it('installs nothing and shows nothing unless it is asked to', async () => {
  await start({});
  expect((await ask('isWatched')).result).toBe(false);
  expect(variablesIn(await ask('caught', 'secret'), 'marked')).toEqual({});
});

it('lets an application start that may start no threads, and says why it shows nothing', async () => {
  const rights = ['--allow-fs-read=*', '--allow-fs-write=*', '--allow-addons'];
  await start(watching, ['--experimental-permission', ...rights]);
  expect((await ask('pay')).result).toBe(500);
  expect(output).toContain('capture.localVariables shows nothing: Access to this API has been restricted');
});
