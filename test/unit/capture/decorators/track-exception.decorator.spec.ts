import { Get, NotFoundException, SetMetadata } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { firstValueFrom, of, throwError, toArray, type Observable } from 'rxjs';
import { activate } from '../../../../lib/capture/active-trackers.js';
import { TrackException } from '../../../../lib/capture/decorators/track-exception.decorator.js';
import type { Failure } from '../../../../lib/intake/failure.js';
import type { Intake } from '../../../../lib/intake/intake.js';
import { Selector } from '../../../../lib/selection/selector.js';
import { optionsWith } from '../../../support/events.js';

const boom = new Error('boom');
let reported: Failure[];
let deactivate: () => void;

// The facade as the decorator sees it; the way behind it is proven end to end.
const selector = new Selector(optionsWith());
const intake = {
  report: (input: Failure) => void (selector.judge(input) && reported.push(input)),
} as unknown as Intake;

beforeEach(() => {
  reported = [];
  deactivate = activate({
    intake,
    options: optionsWith(),
    modules: new ModulesContainer(),
    flush: () => Promise.resolve(),
  });
});
afterEach(() => {
  deactivate();
});

class Jobs {
  readonly name = 'jobs';

  @TrackException()
  sync(fail: boolean): string {
    if (fail) throw boom;
    return this.name;
  }

  @TrackException({ severity: 'fatal', tags: { job: 'nightly' } })
  async rejects(fail: boolean): Promise<string> {
    await Promise.resolve();
    if (fail) throw boom;
    return this.name;
  }

  @TrackException()
  observable(fail: boolean): Observable<string> {
    return fail ? throwError(() => boom) : of(this.name);
  }

  @TrackException({ silent: true })
  silentSync(): string {
    throw boom;
  }

  @TrackException({ silent: true })
  silentRejects(): Promise<string> {
    return Promise.reject(boom);
  }

  @TrackException({ silent: true })
  silentObservable(): Observable<string> {
    return throwError(() => boom);
  }

  @TrackException()
  missing(): never {
    throw new NotFoundException();
  }

  @TrackException()
  lazy(): PromiseLike<string> {
    // A query builder: it runs when somebody asks for its result, and not before.
    return { then: () => Promise.reject(new Error('asked')) } as PromiseLike<string>;
  }

  @TrackException()
  async *generates(): AsyncGenerator<number> {
    yield await Promise.resolve(1);
    throw boom;
  }

  @TrackException({ only: [TypeError, /declined/], silent: true })
  only(exception: unknown): string {
    throw exception;
  }

  @SetMetadata('above', 1)
  @TrackException()
  @Get('below')
  routed(_first: string, _second: string): void {
    throw boom;
  }
}

const jobs = new Jobs();

describe('@TrackException()', () => {
  it('captures what a synchronous method throws, as unhandled, and throws it on', () => {
    expect(() => jobs.sync(true)).toThrow(boom);
    expect(reported).toMatchObject([
      { exception: boom, handled: false, severity: 'error', transaction: 'Jobs.sync' },
    ]);
  });

  it('captures what a method rejects with, with its own severity and tags', async () => {
    await expect(jobs.rejects(true)).rejects.toBe(boom);
    expect(reported).toMatchObject([{ exception: boom, severity: 'fatal', tags: { job: 'nightly' } }]);
  });

  it('captures what an Observable emits as error', async () => {
    await expect(firstValueFrom(jobs.observable(true))).rejects.toBe(boom);
    expect(reported).toHaveLength(1);
  });

  it('leaves results, `this` and synchronousness as they are', async () => {
    expect(jobs.sync(false)).toBe('jobs');
    await expect(jobs.rejects(false)).resolves.toBe('jobs');
    await expect(firstValueFrom(jobs.observable(false))).resolves.toBe('jobs');
    expect(reported).toEqual([]);
  });

  it('swallows when silent, as handled', async () => {
    expect(jobs.silentSync()).toBeUndefined();
    await expect(jobs.silentRejects()).resolves.toBeUndefined();
    await expect(firstValueFrom(jobs.silentObservable().pipe(toArray()))).resolves.toEqual([]);
    expect(reported.map(({ handled }) => handled)).toEqual([true, true, true]);
  });

  it('takes an answer below 500 for an answer', () => {
    expect(() => jobs.missing()).toThrow(NotFoundException);
    expect(reported).toEqual([]);
  });

  it('does not ask for the result of a thenable that is no promise', () => {
    jobs.lazy();
    expect(reported).toEqual([]);
  });

  it('captures what an async generator breaks with', async () => {
    const got: number[] = [];
    const loop = async (): Promise<void> => {
      for await (const number of jobs.generates()) got.push(number);
    };
    await expect(loop()).rejects.toBe(boom);
    expect([got, reported.length]).toEqual([[1], 1]);
  });

  it('captures, and swallows, only what it is told to', () => {
    expect(jobs.only(new TypeError('x'))).toBeUndefined();
    expect(jobs.only(new Error('card declined'))).toBeUndefined();
    expect(() => jobs.only(boom)).toThrow(boom);
    expect(reported).toHaveLength(2);
  });

  it('refuses what is no method', () => {
    expect(() => {
      class Wrong {
        @TrackException()
        get value(): number {
          return 1;
        }
      }
      return Wrong;
    }).toThrow(/stands on "value", which is not a method/);
  });

  it('keeps name, length and metadata, set above and below', () => {
    const method = Jobs.prototype.routed;
    expect([method.name, method.length]).toEqual(['routed', 2]);
    expect(Reflect.getMetadata('path', method)).toBe('below');
    expect(Reflect.getMetadata('above', method)).toBe(1);
  });

  it('throws on, and captures nothing, while no tracker runs', () => {
    deactivate();
    expect(() => jobs.sync(true)).toThrow(boom);
    expect(reported).toEqual([]);
  });
});
