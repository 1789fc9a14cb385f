import { setTimeout as sleep } from 'node:timers/promises';
import { startApp } from './child-app.mjs';
import { send } from './load.mjs';
import { median } from './statistics.mjs';

/** Every process has its luck with compiler and memory: each batch has fresh ones. */
const BATCHES = 6;
/** The rounds of a batch: each application is as often before each other one as after it. */
const ORDERS = [[0, 1, 2], [2, 1, 0], [1, 2, 0], [0, 2, 1], [2, 0, 1], [1, 0, 2]]; // prettier-ignore
const REQUESTS_PER_ROUND = 3_000;
const WARM_UP = 15_000;
/** Longer than the pause between two flushes of the tracker. */
const SETTLE_MS = 1_500;

export const design = `median (quartiles) of ${BATCHES * ORDERS.length} interleaved rounds`;

/**
 * The tracked application beside the bare one and beside a second bare one, whose ratio to the
 * first shows how much of a difference is noise. Ratios are taken within a round.
 *
 * @param app name of the application beside the bare ones
 * @param env further variables of its environment
 * @param inspect gets the tracked application of a batch and the number of requests it answered
 */
export async function compare(
  path,
  status,
  inspect = async () => undefined,
  { app = 'tracked', env = {} } = {},
) {
  const rounds = [];
  const facts = [];
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const apps = [];
    try {
      for (const name of ['bare', 'bare', app]) apps.push(await startApp(name, env));
      rounds.push(...(await runBatch(apps, path, status)));
      facts.push(await inspect(apps[2], WARM_UP + ORDERS.length * REQUESTS_PER_ROUND));
    } finally {
      await Promise.all(apps.map((app) => app.stop()));
    }
  }
  return { ...summarise(rounds), facts };
}

async function runBatch(apps, path, status) {
  for (const app of apps) await send(app, path, status, WARM_UP);
  await sleep(SETTLE_MS);
  const rounds = [];
  for (const order of ORDERS) {
    const round = [];
    for (const index of order) {
      const { cpu: before } = await apps[index].usage();
      round[index] = { before, ...(await send(apps[index], path, status, REQUESTS_PER_ROUND)) };
    }
    rounds.push(round);
  }
  await sleep(SETTLE_MS);
  const ends = await Promise.all(apps.map((app) => app.usage()));
  // What an application does between two of its turns is work that the requests of the first left
  // behind.
  return rounds.map((round, number) =>
    round.map(({ before, perSecond }, index) => {
      const after = rounds[number + 1]?.[index].before ?? ends[index].cpu;
      return { cpu: (after - before) / REQUESTS_PER_ROUND, perSecond };
    }),
  );
}

function summarise(rounds) {
  const ratios = (index, key) => rounds.map((round) => round[index][key] / round[0][key]);
  return {
    bareCpu: median(rounds.map((round) => round[0].cpu)),
    noise: { cpu: ratios(1, 'cpu'), perSecond: ratios(1, 'perSecond') },
    ratio: { cpu: ratios(2, 'cpu'), perSecond: ratios(2, 'perSecond') },
    addedCpu: rounds.map((round) => round[2].cpu - round[0].cpu),
  };
}
