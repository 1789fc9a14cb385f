import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { DeliveryHealthSnapshot, ErrorTrackerOptions } from '../../lib/index.js';
import type { Platform } from './app.js';

export interface ChildApp {
  readonly url: string;
  readonly pid: number;
  /** Everything written to stdout and stderr so far. */
  output(): string;
  /** Nobody reads its stdout and stderr any more. */
  deafen(): void;
  health(): Promise<DeliveryHealthSnapshot>;
  flush(ms: number): Promise<boolean>;
  /** Bytes in use after a garbage collection. */
  heap(): Promise<number>;
  /** Captures `times` errors that are all different. */
  storm(times: number): Promise<void>;
  /** Captures the same error `times` times. */
  repeat(times: number): Promise<void>;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null; ms: number }>;
}

export interface ChildSettings {
  readonly execArgv?: readonly string[];
  /** Where its notifier writes the key of every alert. */
  readonly alerts?: string;
  /** Kilobytes that no file may grow beyond. */
  readonly fileLimit?: number;
}

const alive = new Set<ChildProcess>();

// A test that fails would leave its children running, and jest would never end.
afterAll(() => {
  for (const child of alive) child.kill('SIGKILL');
});

/** Starts `apps/failing-app.mjs`; needs the built package. */
export async function startChildApp(
  platform: Platform,
  database: Readonly<Record<string, unknown>>,
  options: ErrorTrackerOptions = {},
  { execArgv = [], alerts = '', fileLimit }: ChildSettings = {},
): Promise<ChildApp> {
  const app = [...execArgv, join(__dirname, 'apps', 'failing-app.mjs')];
  const limit = `ulimit -S -f ${fileLimit === undefined ? 'unlimited' : String(fileLimit)}`;
  const child = spawn('bash', ['-c', `${limit}; exec "$0" "$@"`, process.execPath, ...app], {
    env: {
      ...process.env,
      NO_COLOR: '1',
      ALERTS: alerts,
      PLATFORM: platform,
      DATABASE: JSON.stringify(database),
      OPTIONS: JSON.stringify(options),
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  alive.add(child);
  child.once('exit', () => alive.delete(child));
  const streams = [child.stdout, child.stderr];
  let output = '';
  for (const stream of streams) stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const gone = exited.then(([code, signal]) =>
    Promise.reject(new Error(`The child ended early (${String(signal ?? code)}):\n${output}`)),
  );
  gone.catch(() => undefined);
  const heard = async <T>(): Promise<T> => {
    const [message] = (await Promise.race([once(child, 'message'), gone])) as [T];
    return message;
  };
  const ask = async <T>(action: string, argument?: number): Promise<T> => {
    child.send({ action, argument });
    return (await heard<{ answer: T }>()).answer;
  };
  const { url } = await heard<{ url: string }>();
  return {
    url,
    pid: child.pid ?? 0,
    output: () => output,
    deafen() {
      for (const stream of streams) stream?.destroy();
    },
    health: () => ask('health'),
    flush: (ms) => ask('flush', ms),
    heap: () => ask('heap'),
    storm: (times) => ask('storm', times),
    repeat: (times) => ask('repeat', times),
    async end(signal) {
      const startedAt = performance.now();
      child.kill(signal);
      const watchdog = setTimeout(() => child.kill('SIGKILL'), 30_000);
      const [code, by] = await exited;
      clearTimeout(watchdog);
      return { code, signal: by, ms: performance.now() - startedAt };
    },
  };
}
