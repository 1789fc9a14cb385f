import { setTimeout as sleep } from 'node:timers/promises';
import { compare } from '../comparison.mjs';
import { spread } from '../statistics.mjs';

/** Requests that all fail with the same bug, as fast as they are answered. */
export async function failing() {
  const { bareCpu, noise, ratio, addedCpu, facts: lost } = await compare('/failing', 500, countLost);
  return [
    ['failing route (one bug, saturated), CPU × bare app', '≤ 1.10', spread(ratio.cpu, 3)],
    ['  noise: bare × bare', '', spread(noise.cpu, 3)],
    ['  bare app, CPU per request', '', `${bareCpu.toFixed(0)} µs`],
    ['failing route, throughput × bare app', '≥ 0.92', spread(ratio.perSecond, 3)],
    ['  noise: bare × bare', '', spread(noise.perSecond, 3)],
    ['CPU added per error, known issue, counted', '≤ 40 µs', `${spread(addedCpu, 0)} µs`],
    ['counts lost at saturation', '0', lost.join(' + ')],
  ];
}

/** How many of the failures the tracker has not counted, once its counter stands still. */
async function countLost(app, failures) {
  let counted = -1;
  for (;;) {
    const { items } = await (await fetch(`${app.url}/errors/api/issues`)).json();
    const now = items.reduce((sum, { eventCount }) => sum + eventCount, 0);
    if (now === failures || now === counted) return failures - now;
    counted = now;
    await sleep(2_500);
  }
}
