import { EventCounters } from '../../../lib/delivery/event-counters.js';
import { EventContextFinder, joinParts, type EventContext } from '../../../lib/intake/event-context.js';
import type { Failure } from '../../../lib/intake/failure.js';
import type { ContextBuilder, ContextPart } from '../../../lib/scope/context-builder.js';
import { Scope } from '../../../lib/scope/scope.js';
import { userKey } from '../../../lib/storage/user-key.js';
import { isThenable } from '../../../lib/values/after.js';
import { optionsWith } from '../../support/events.js';
import { aFailure } from '../../support/failures.js';

const options = optionsWith();

describe('joinParts', () => {
  const join = (failure: Partial<Failure>, parts: readonly (ContextPart | undefined)[]) =>
    joinParts(aFailure(failure), parts, options.limits);

  it('lets the call beat the scope, the scope the builders, and later builders earlier ones', () => {
    const scope = new Scope('http');
    scope.setTag('a', 'scope');
    scope.setTag('b', 'scope');
    const joined = join({ scope, tags: { a: 'call' } }, [
      { tags: { a: 'first', b: 'first', c: 'first', d: 'first' } },
      { tags: { d: 'second' } },
    ]);
    expect(joined.tags).toEqual({ a: 'call', b: 'scope', c: 'first', d: 'second' });
  });

  it('joins sections of the same name key by key', () => {
    const scope = new Scope('http');
    scope.setContext('order', { id: 7, state: 'open' });
    const joined = join({ scope, contexts: { order: { state: 'paid' } } }, [undefined]);
    expect(joined.contexts).toEqual({ order: { id: 7, state: 'paid' } });
  });

  it('keeps only scalar tags, as text', () => {
    const joined = join({ tags: { n: 1, yes: true, object: {}, nothing: null } }, []);
    expect(joined.tags).toEqual({ n: '1', yes: 'true' });
  });

  it('leaves out request, user and transaction where nobody knows of them', () => {
    expect(join({}, [])).toEqual({ tags: {}, contexts: {}, breadcrumbs: [] });
  });

  it('names the transaction as the last builder that names one', () => {
    const joined = join({}, [{ transaction: 'first' }, { transaction: 'second' }, { tags: {} }]);
    expect(joined.transaction).toBe('second');
  });

  it('keeps copies that nobody outside can change', () => {
    const order = { state: 'open' };
    const joined = join({ contexts: { order } }, []);
    order.state = 'paid';
    expect(joined.contexts['order']).toEqual({ state: 'open' });
  });
});

describe('EventContextFinder', () => {
  type Build = ContextBuilder['build'];
  let counters: EventCounters;

  beforeEach(() => {
    counters = new EventCounters();
  });

  const finderWith = (...builds: readonly Build[]): EventContextFinder =>
    new EventContextFinder(
      counters,
      builds.map((build): ContextBuilder => ({ build })),
      options,
    );
  const find = (failure: Failure, ...builds: readonly Build[]) => finderWith(...builds).find(failure);
  const request = () => ({ method: 'POST', url: '/orders', body: { item: 'tea' }, user: { id: 'ann' } });
  const failureOf = (of: object): Failure => aFailure({ site: { source: 'http', request: of } });

  it('is there at once if no builder of the application takes its time', () => {
    const found = find(failureOf(request()), () => ({ tags: { own: 'yes' } }));
    expect(isThenable(found)).toBe(false);
    expect(found).toMatchObject({
      request: { method: 'POST', body: { item: 'tea' } },
      user: { id: 'ann' },
      tags: { own: 'yes' },
    });
  });

  it('keeps the request as it was before a builder was awaited', async () => {
    const live = request();
    const found = find(failureOf(live), () => Promise.resolve({ tags: { late: 'yes' } }));
    live.body.item = 'coffee';
    live.url = '/elsewhere';
    expect(await found).toMatchObject({
      request: { url: '/orders', body: { item: 'tea' } },
      tags: { late: 'yes' },
    });
  });

  it('joins late parts in the order of the builders', async () => {
    const found = find(
      failureOf(request()),
      () => new Promise((resolve) => setTimeout(resolve, 5, { tags: { by: 'slow', slow: 'yes' } })),
      () => Promise.resolve({ tags: { by: 'quick' } }),
      () => ({ tags: { sync: 'yes' } }),
    );
    expect((await found).tags).toEqual({ by: 'quick', slow: 'yes', sync: 'yes' });
  });

  it.each<[string, Build]>([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no'))],
    ['never answers', () => new Promise(() => undefined)],
  ])('loses nothing but the part of a builder that %s, and counts it', async (_how, build) => {
    const found: EventContext = await find(failureOf(request()), build, () => ({ tags: { own: 'yes' } }));
    expect(found).toMatchObject({ tags: { own: 'yes' }, request: { method: 'POST' } });
    expect(counters.internalErrors).toBe(1);
  });

  it('knows the user as the call, the scope or the request says, without asking the application', () => {
    const build = jest.fn();
    const finder = finderWith(build);
    const scope = new Scope('http');
    const failure = { ...failureOf(request()), scope };
    expect(finder.userKeyOf(failure)).toBe(userKey('ann'));
    scope.user = { id: 'bob' };
    expect(finder.userKeyOf(failure)).toBe(userKey('bob'));
    expect(finder.userKeyOf({ ...failure, user: { id: 'cid' } })).toBe(userKey('cid'));
    expect(finder.userKeyOf(aFailure())).toBeUndefined();
    expect(build).not.toHaveBeenCalled();
  });
});
