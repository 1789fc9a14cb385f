import { Sampling } from '../../../lib/delivery/sampling.js';

function take(sampling: Sampling, times: number, at: number): number {
  let taken = 0;
  for (let index = 0; index < times; index++) {
    if (!sampling.wants(at)) continue;
    sampling.took(at);
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

  it('then takes at most 60 an hour, and goes on in the next one', () => {
    const sampling = new Sampling();
    let taken = take(sampling, 20, 0);
    for (let second = 1; second < 3600; second++) taken += take(sampling, 1, second * 1000);
    expect(taken).toBe(60);
    expect(take(sampling, 1, 3_600_000)).toBe(1);
  });
});
