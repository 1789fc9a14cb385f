import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ErrorTrackerOptions } from '../../lib/index.js';
import type { Platform } from './app.js';

export interface ChildApp {
  readonly url: string;
  readonly pid: number;
  /** Everything written to stdout and stderr so far. */
  output(): string;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null; ms: number }>;
}

/** Starts `apps/failing-app.mjs`; needs the built package. */
export async function startChildApp(
  platform: Platform,
  database: Readonly<Record<string, unknown>>,
  options: ErrorTrackerOptions = {},
): Promise<ChildApp> {
  const child = fork(join(__dirname, 'apps', 'failing-app.mjs'), {
    env: {
      ...process.env,
      PLATFORM: platform,
      DATABASE: JSON.stringify(database),
      OPTIONS: JSON.stringify(options),
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const gone = exited.then(() => Promise.reject(new Error(`The child ended early:\n${output}`)));
  gone.catch(() => undefined);
  const [message] = (await Promise.race([once(child, 'message'), gone])) as [{ url: string }];
  return {
    url: message.url,
    pid: child.pid ?? 0,
    output: () => output,
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
