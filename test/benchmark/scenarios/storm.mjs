import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { startApp } from '../child-app.mjs';
import { median } from '../statistics.mjs';
import { countedBy } from './failing.mjs';

const SECONDS = 20;
const ROUNDS = 3;
const LOCK_HOLDER = fileURLToPath(new URL('../../support/sqlite-lock-holder.mjs', import.meta.url));

/**
 * One bug as fast as it comes, while another process holds the lock of the database 2 of every 2.25
 * seconds.
 */
export async function storm() {
  const bare = [];
  const tracked = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(await stormOn('bare'));
    tracked.push(await stormOn('tracked'));
  }
  const of = (runs, fact) => median(runs.map((run) => run[fact]));
  return [
    ['storm, database locked: p99 of the healthy route', '≤ 90 ms', `${of(tracked, 'p99').toFixed(0)} ms`],
    ['  bare app', '', `${of(bare, 'p99').toFixed(0)} ms`],
    ['storm: memory over idle', '≤ 45 MB', `${of(tracked, 'growth').toFixed(0)} MB`],
    ['  bare app', '', `${of(bare, 'growth').toFixed(0)} MB`],
    [
      'counts lost in the storm',
      '0',
      tracked.map(({ lost, failures }) => `${lost} of ${failures}`).join(', '),
    ],
    ['rows of events written in the storm', '', tracked.map(({ kept }) => kept).join(', ')],
  ];
}

async function stormOn(name) {
  const app = await startApp(name);
  try {
    await run(app, '/healthy', 5, 2);
    await sleep(2_000);
    const idle = (await app.usage()).memory;
    const holder = name === 'tracked' ? await holdLock(join(app.cwd, 'errors.sqlite')) : undefined;
    let peak = idle;
    const watch = setInterval(() => {
      void app.usage().then(({ memory }) => (peak = Math.max(peak, memory)));
    }, 500);
    const [failing, healthy] = await Promise.all([
      run(app, '/failing', 40, SECONDS),
      run(app, '/healthy', 10, SECONDS, 500),
    ]);
    clearInterval(watch);
    await sleep(200);
    holder?.kill();
    const failures = failing.statusCodeStats[500]?.count ?? 0;
    const facts = { p99: healthy.latency.p99, growth: (peak - idle) / 1_048_576, failures };
    if (name === 'bare') return facts;
    // Requests under way at the end are answered, and counted, without anybody listening: hence the
    // bound.
    for (let wait = 0; wait < 20 && (await countedBy(app)) < failures; wait += 1) await sleep(500);
    const { items } = await (await fetch(`${app.url}/errors/api/issues`)).json();
    const page = await (await fetch(`${app.url}/errors/api/issues/${items[0].id}/events?limit=200`)).json();
    const kept = page.nextCursor ? '200+' : String(page.items.length);
    return { ...facts, lost: Math.max(0, failures - (await countedBy(app))), kept };
  } finally {
    await app.stop();
  }
}

async function run(app, path, connections, duration, overallRate) {
  const options = {
    url: app.url + path,
    connections,
    duration,
    timeout: 30,
    ...(overallRate && { overallRate }),
  };
  return once(
    autocannon(options, () => undefined),
    'done',
  ).then(([result]) => result);
}

async function holdLock(file) {
  const holder = spawn(process.execPath, [LOCK_HOLDER, file, '2000', '250', '100'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(holder.stdout, 'data');
  return holder;
}
