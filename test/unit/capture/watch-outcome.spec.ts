import { types } from 'node:util';
import { concat, firstValueFrom, lastValueFrom, of, throwError, toArray, type Observable } from 'rxjs';
import { watchOutcome } from '../../../lib/capture/watch-outcome.js';

const boom = new Error('boom');
let seen: [exception: unknown, begun: boolean][];
beforeEach(() => {
  seen = [];
});

const watch = (call: () => unknown, swallow = false): unknown =>
  watchOutcome(call, (exception, begun) => {
    seen.push([exception, begun]);
    return swallow;
  });

const fails = (): never => {
  throw boom;
};

describe('watchOutcome', () => {
  it('hears of a throw, and lets it go on', () => {
    expect(() => watch(fails)).toThrow(boom);
    expect(seen).toEqual([[boom, false]]);
  });

  it('hears of a rejection, and lets it go on', async () => {
    await expect(watch(() => Promise.reject(boom))).rejects.toBe(boom);
    expect(seen).toEqual([[boom, false]]);
  });

  it('hears of an Observable at every subscription, and whether it had begun', async () => {
    const broken = watch(() => throwError(() => boom)) as Observable<unknown>;
    const late = watch(() =>
      concat(
        of(1),
        throwError(() => boom),
      ),
    ) as Observable<unknown>;
    await expect(firstValueFrom(broken)).rejects.toBe(boom);
    await expect(firstValueFrom(broken)).rejects.toBe(boom);
    await expect(lastValueFrom(late)).rejects.toBe(boom);
    expect(seen).toEqual([
      [boom, false],
      [boom, false],
      [boom, true],
    ]);
  });

  it('hears of a generator that breaks in the middle', () => {
    function* numbers(): Generator<number> {
      yield 1;
      fails();
    }
    const generator = watch(() => numbers()) as Generator<number>;
    expect(types.isGeneratorObject(generator)).toBe(true);
    expect(generator.next()).toEqual({ done: false, value: 1 });
    expect(() => generator.next()).toThrow(boom);
    expect(seen).toEqual([[boom, true]]);
  });

  it('hears of an async generator that breaks in the middle', async () => {
    async function* numbers(): AsyncGenerator<number> {
      yield await Promise.resolve(1);
      fails();
    }
    const got: number[] = [];
    const loop = async (): Promise<void> => {
      for await (const number of watch(() => numbers()) as AsyncGenerator<number>) got.push(number);
    };
    await expect(loop()).rejects.toBe(boom);
    expect([got, seen]).toEqual([[1], [[boom, true]]]);
  });

  it('leaves a generator all that it can do', () => {
    function* echo(): Generator<unknown, string, unknown> {
      try {
        return `got ${String(yield 'ready')}`;
      } catch (error) {
        return `caught ${(error as Error).message}`;
      }
    }
    const make = (): Generator<unknown, string, unknown> =>
      watch(() => echo()) as Generator<unknown, string, unknown>;
    const talking = make();
    talking.next();
    expect(talking.next('hello')).toEqual({ done: true, value: 'got hello' });
    const broken = make();
    broken.next();
    expect(broken.throw(boom)).toEqual({ done: true, value: 'caught boom' });
    const left = make();
    left.next();
    expect(left.return('enough')).toEqual({ done: true, value: 'enough' });
    expect([...(watch(() => [1, 2].values()) as Iterable<number>)]).toEqual([1, 2]);
    expect(seen).toEqual([]);
  });

  it('swallows where it is told to: the result is empty', async () => {
    async function* numbers(): AsyncGenerator<number> {
      yield await Promise.resolve(1);
      fails();
    }
    expect(watch(fails, true)).toBeUndefined();
    await expect(watch(() => Promise.reject(boom), true)).resolves.toBeUndefined();
    const observable = watch(() => throwError(() => boom), true) as Observable<unknown>;
    expect(await lastValueFrom(observable.pipe(toArray()))).toEqual([]);
    const got: number[] = [];
    for await (const number of watch(() => numbers(), true) as AsyncGenerator<number>) got.push(number);
    expect(got).toEqual([1]);
  });

  it('hands on everything else untouched', () => {
    const thenable = { then: fails };
    const stream = { [Symbol.asyncIterator]: fails };
    for (const result of [undefined, 7, thenable, stream]) expect(watch(() => result)).toBe(result);
    expect(seen).toEqual([]);
  });
});
