import { setTimeout as sleep } from 'node:timers/promises';
import { compare } from '../comparison.mjs';
import { scratchPostgres } from '../databases.mjs';
import { spread } from '../statistics.mjs';

/** Requests that all fail with the same bug, as fast as they are answered. */
export async function failing() {
  const sqlite = await compare('/failing', 500, countLost);
  const rows = [
    ['failing route (one bug, saturated), CPU × bare app', '≤ 1.10', spread(sqlite.ratio.cpu, 3)],
    ['  noise: bare × bare', '', spread(sqlite.noise.cpu, 3)],
    ['  bare app, CPU per request', '', `${sqlite.bareCpu.toFixed(0)} µs`],
    ['failing route, throughput × bare app', '≥ 0.92', spread(sqlite.ratio.perSecond, 3)],
    ['  noise: bare × bare', '', spread(sqlite.noise.perSecond, 3)],
    ['CPU added per error, known issue, counted', '≤ 40 µs', `${spread(sqlite.addedCpu, 0)} µs`],
    ['counts lost at saturation', '0', sqlite.facts.join(' + ')],
  ];
  return [...rows, ...(await others())];
}

/** The same on PostgreSQL, and a filter that inserts a row for every error, on both. */
async function others() {
  const { name, drop } = await scratchPostgres();
  const postgres = { BENCH_DATABASE: 'postgres', BENCH_DATABASE_NAME: name };
  try {
    const tracked = await compare('/failing', 500, undefined, { env: postgres });
    const naive = await compare('/failing', 500, undefined, { app: 'naive' });
    const naivePostgres = await compare('/failing', 500, undefined, { app: 'naive', env: postgres });
    return [
      ['  on PostgreSQL: CPU × bare app', '≤ 1.10', spread(tracked.ratio.cpu, 3)],
      ['  on PostgreSQL: throughput × bare app', '≥ 0.92', spread(tracked.ratio.perSecond, 3)],
      ['a row per error, SQLite: CPU × bare app', '', spread(naive.ratio.cpu, 3)],
      ['a row per error, SQLite: throughput × bare app', '', spread(naive.ratio.perSecond, 3)],
      ['a row per error, PostgreSQL: CPU × bare app', '', spread(naivePostgres.ratio.cpu, 3)],
      ['a row per error, PostgreSQL: throughput × bare', '', spread(naivePostgres.ratio.perSecond, 3)],
    ];
  } finally {
    await drop();
  }
}

/** How many of the failures the tracker has not counted, once its counter stands still. */
async function countLost(app, failures) {
  let counted = -1;
  for (;;) {
    const now = await countedBy(app);
    if (now === failures || now === counted) return failures - now;
    counted = now;
    await sleep(2_500);
  }
}

/** Events that the tracker's issues count. */
export async function countedBy(app) {
  const { items } = await (await fetch(`${app.url}/errors/api/issues`)).json();
  return items.reduce((sum, { eventCount }) => sum + eventCount, 0);
}
