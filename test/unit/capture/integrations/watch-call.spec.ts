import { Injectable } from '@nestjs/common';
import { lastValueFrom, concat, of, throwError, type Observable } from 'rxjs';
import { activate } from '../../../../lib/capture/active-trackers.js';
import type { WatchedMethod } from '../../../../lib/capture/integrations/integration.js';
import { watchCall } from '../../../../lib/capture/integrations/watch-call.js';
import {
  openScopes,
  currentScope,
  runInScope,
  scopeOfException,
  scopeOfRequest,
} from '../../../../lib/scope/scope-storage.js';
import { Scope } from '../../../../lib/scope/scope.js';
import { bootedApp, type TestedApp } from '../../../support/failures.js';

@Injectable()
class Jobs {}

const boom = new Error('boom');
const fails = (): never => {
  throw boom;
};
const methodOf = (changes: Partial<WatchedMethod> = {}): WatchedMethod => ({
  source: 'cron',
  failuresGoTo: 'nobody',
  facts: () => ({ transaction: 'nightly', contexts: { schedule: { kind: 'cron' } } }),
  ...changes,
});

let app: TestedApp;
let deactivate: () => void;
beforeEach(async () => {
  openScopes();
  app = await bootedApp();
  deactivate = activate({ ...app, flush: () => Promise.resolve() });
});
afterEach(() => {
  deactivate();
});

const jobs = new Jobs();
const call = (watched: WatchedMethod, work: () => unknown, args: readonly unknown[] = []): unknown =>
  watchCall(watched, jobs, 'run', args, work);

describe('watchCall', () => {
  it('captures what nobody else sees, with all that is known of the call, and lets it go on', () => {
    expect(() => call(methodOf(), fails)).toThrow(boom);
    expect(app.reported).toMatchObject([
      {
        exception: boom,
        site: { source: 'cron', handlerClass: Jobs, handlerName: 'run' },
        transaction: 'nightly',
        handled: false,
      },
    ]);
    expect(app.reported[0]?.scope?.contexts).toEqual({ schedule: { kind: 'cron' } });
  });

  it('captures nothing of a call that works, and returns its result', () => {
    expect(call(methodOf(), () => 7)).toBe(7);
    expect(app.reported).toEqual([]);
  });

  it('only notes the scope of what goes to filters', () => {
    const exception = new Error('for a filter');
    const work = (): never => {
      throw exception;
    };
    expect(() => call(methodOf({ failuresGoTo: 'filters', source: 'rpc' }), work)).toThrow(exception);
    expect(app.reported).toEqual([]);
    expect(scopeOfException(exception)).toMatchObject({ source: 'rpc', handlerName: 'run' });
  });

  it('captures a stream that breaks after it has begun, where filters see only the beginning', async () => {
    const watched = methodOf({ failuresGoTo: 'filters-at-first' });
    const broken = throwError(() => boom);
    await expect(lastValueFrom(call(watched, () => broken) as Observable<unknown>)).rejects.toBe(boom);
    expect(app.reported).toEqual([]);
    const late = call(watched, () => concat(of(1), broken)) as Observable<unknown>;
    await expect(lastValueFrom(late)).rejects.toBe(boom);
    expect(app.reported).toHaveLength(1);
  });

  it.each([true, false])('asks whether the failure counts: %p', (counts) => {
    const asked: unknown[] = [];
    const watched = methodOf({
      counts: (...question) => {
        asked.push(question);
        return counts;
      },
    });
    expect(() => call(watched, fails, ['job'])).toThrow(boom);
    expect(asked).toMatchObject([[['job'], boom, { options: app.options }]]);
    expect(app.reported).toHaveLength(counts ? 1 : 0);
  });

  it('belongs to the request that carried it, else to what runs around it, else stands alone', () => {
    const scopeIn = (watched: WatchedMethod): Scope | undefined =>
      call(watched, () => currentScope()) as Scope | undefined;
    const request = { url: '/graphql' };
    const carried = methodOf({ facts: () => ({ contexts: {}, request }) });
    expect(scopeIn(carried)?.reporting).toBe(scopeOfRequest(request)?.reporting);
    const around = new Scope('http');
    const inside = runInScope(around, () => scopeIn(methodOf()));
    expect(inside?.reporting).toBe(around.reporting);
    expect(inside).toMatchObject({ source: 'cron' });
    expect(around.handlerName).toBeUndefined();
    expect(scopeIn(methodOf())?.reporting).not.toBe(around.reporting);
  });

  it('captures a call of which nothing can be read', () => {
    expect(() => call(methodOf({ facts: fails }), () => fails())).toThrow(boom);
    expect(app.reported).toHaveLength(1);
    expect(app.reported[0]).not.toHaveProperty('transaction');
  });

  it('only calls while no tracker runs', () => {
    deactivate();
    expect(() => call(methodOf(), fails)).toThrow(boom);
    expect(app.reported).toEqual([]);
  });
});
