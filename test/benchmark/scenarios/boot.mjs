import { setTimeout as sleep } from 'node:timers/promises';
import { startApp } from '../child-app.mjs';
import { median, spread } from '../statistics.mjs';

const ROUNDS = 12;

/** From the start of the process to the first answer, and what it holds when nothing happens. */
export async function boot() {
  const added = { ms: [], memory: [] };
  const alone = { ms: [], memory: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const order = round % 2 ? ['tracked', 'typeorm'] : ['typeorm', 'tracked'];
    const facts = {};
    for (const name of order) facts[name] = await bootOf(name);
    for (const fact of ['ms', 'memory']) {
      added[fact].push(facts.tracked[fact] - facts.typeorm[fact]);
      alone[fact].push(facts.typeorm[fact]);
    }
  }
  return [
    ['boot over the same app with TypeORM alone', '≤ 40 ms', `${spread(added.ms, 0)} ms`],
    ['  that app', '', `${median(alone.ms).toFixed(0)} ms`],
    ['idle memory over the same app with TypeORM alone', '≤ 3 MB', `${spread(added.memory, 1)} MB`],
    ['  that app', '', `${median(alone.memory).toFixed(0)} MB`],
  ];
}

async function bootOf(name) {
  const startedAt = performance.now();
  const app = await startApp(name);
  const ms = performance.now() - startedAt;
  try {
    await sleep(3_000);
    return { ms, memory: (await app.usage()).memory / 1_048_576 };
  } finally {
    await app.stop();
  }
}
