import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * An application of `apps/` in a process of its own. What it logs goes nowhere, but it is still
 * written.
 *
 * @param env further variables of its environment
 */
export async function startApp(name, env = {}) {
  const cwd = mkdtempSync(join(tmpdir(), 'nestjs-error-tracker-bench-'));
  const child = fork(fileURLToPath(new URL(`apps/${name}.mjs`, import.meta.url)), {
    cwd,
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', process.env.BENCH_LOG ? 'inherit' : 'ignore', 'ipc'],
  });
  const exited = once(child, 'exit');
  const answer = async () => {
    const limit = AbortSignal.timeout(30_000);
    const gone = exited.then(([code]) =>
      Promise.reject(new Error(`${name} ended with ${code}; try BENCH_LOG=1`)),
    );
    return (await Promise.race([once(child, 'message', { signal: limit }), gone]))[0];
  };
  const stop = async () => {
    child.kill('SIGTERM');
    const watchdog = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await exited;
    clearTimeout(watchdog);
    rmSync(cwd, { recursive: true, force: true });
  };
  try {
    const { url } = await answer();
    /** CPU time in µs since the process started, resident memory in bytes. */
    const usage = async () => {
      child.send('usage');
      const { cpu, memory } = await answer();
      return { cpu: cpu.user + cpu.system, memory };
    };
    return { name, url, cwd, usage, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
