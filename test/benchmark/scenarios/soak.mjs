import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { startApp } from '../child-app.mjs';
import { median } from '../statistics.mjs';

const MINUTES = Number(process.env.BENCH_SOAK_MINUTES ?? 10);

/** What stays in memory: of a million different errors, and of a long time of many. */
export async function soak() {
  const { growth, issues, counted, dropped, errors } = await distinct();
  const heaps = await longRun();
  const third = Math.floor(heaps.length / 3);
  const [early, late] = [median(heaps.slice(third, 2 * third)), median(heaps.slice(-third))];
  return [
    [`${errors} distinct errors: memory over idle`, '≤ 200 MB', `${growth.toFixed(0)} MB`],
    ['  issues; counted; given up', '', `${issues}; ${counted}; ${dropped}`],
    [
      `${MINUTES} min at 500 errors/s: memory, middle and last third`,
      'flat',
      `${early.toFixed(0)}, ${late.toFixed(0)} MB`,
    ],
  ];
}

async function distinct() {
  const cwd = mkdtempSync(join(tmpdir(), 'nestjs-error-tracker-bench-'));
  const child = fork(fileURLToPath(new URL('../apps/distinct.mjs', import.meta.url)), { cwd });
  const [facts] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`distinct.mjs ended with ${code}`))),
  ]);
  await once(child, 'exit');
  rmSync(cwd, { recursive: true, force: true });
  return facts;
}

async function longRun() {
  const app = await startApp('tracked');
  const heaps = [];
  try {
    const options = { url: `${app.url}/failing`, connections: 10, overallRate: 500, duration: 60 * MINUTES };
    const done = once(
      autocannon(options, () => undefined),
      'done',
    );
    let running = true;
    void done.then(() => (running = false));
    while (running) {
      await sleep(5_000);
      heaps.push((await app.usage()).memory / 1_048_576);
    }
    return heaps;
  } finally {
    await app.stop();
  }
}
