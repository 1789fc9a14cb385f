import { setImmediate as turn } from 'node:timers/promises';
import { Mutex } from '../../../../../lib/storage/typeorm/dialect/mutex.js';

describe('Mutex', () => {
  it('runs one piece of work at a time, in order, and goes on after a failure', async () => {
    const mutex = new Mutex();
    const log: string[] = [];
    const work = (name: string, fails = false) =>
      mutex.run(async () => {
        log.push(`${name} begins`);
        await turn();
        log.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      });
    const results = await Promise.allSettled([work('a'), work('b', true), work('c')]);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('lets the process do other things between two pieces of work that wait for nothing', async () => {
    const mutex = new Mutex();
    let done = 0;
    const all = Promise.all(Array.from({ length: 100 }, () => mutex.run(async () => (done += 1))));
    await turn();
    await turn();
    expect(done).toBeLessThan(100);
    await all;
    expect(done).toBe(100);
  });
});
