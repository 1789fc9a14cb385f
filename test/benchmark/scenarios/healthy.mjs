import { compare } from '../comparison.mjs';
import { spread } from '../statistics.mjs';

/** Requests that do not fail. */
export async function healthy() {
  const { bareCpu, noise, ratio } = await compare('/healthy', 200);
  return [
    ['healthy route, CPU per request × bare app', '≤ 1.03', spread(ratio.cpu, 3)],
    ['  noise: bare × bare', '', spread(noise.cpu, 3)],
    ['  bare app, CPU per request', '', `${bareCpu.toFixed(0)} µs`],
    ['healthy route, throughput × bare app', '', spread(ratio.perSecond, 3)],
    ['  noise: bare × bare', '', spread(noise.perSecond, 3)],
  ];
}
