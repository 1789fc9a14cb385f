import { Sampling } from '../../../lib/delivery/sampling.js';

function take(sampling: Sampling, times: number, at: number): number {
  let taken = 0;
  for (let index = 0; index < times; index++) {
    if (!sampling.wants(at)) continue;
    sampling.kept(at);
    taken += 1;
  }
  return taken;
}

describe('Sampling', () => {
  it('takes the first 20, whatever their pace', () => {
    expect(take(new Sampling(), 100, 0)).toBe(20);
  });

  it('then takes at most one a second', () => {
    const sampling = new Sampling();
    take(sampling, 20, 0);
    expect(take(sampling, 10, 999)).toBe(0);
    expect(take(sampling, 10, 1000)).toBe(1);
    expect(take(sampling, 10, 2000)).toBe(1);
  });

  it('then takes at most 60 an hour, one every two minutes to its end, and begins anew in the next one', () => {
    const sampling = new Sampling();
    const seconds = Array.from({ length: 3600 }, (_, second) => second);
    const taken = seconds.filter((second) => take(sampling, second === 0 ? 20 : 1, second * 1000) > 0);
    expect(taken.length - 1 + 20).toBeLessThanOrEqual(60);
    expect(taken.slice(11).every((second, index) => second - taken[index + 10]! === 120)).toBe(true);
    expect(taken.at(-1)).toBeGreaterThan(3600 - 120);
    expect(take(sampling, 1, 3_600_000)).toBe(1);
    expect(take(sampling, 1, 3_601_000)).toBe(1);
  });
});
