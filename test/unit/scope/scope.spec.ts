import { Scope } from '../../../lib/scope/scope.js';

const crumb = (message: string) => ({ at: 1, type: 'manual', message, level: 'info' as const });

describe('Scope', () => {
  it('keeps the newest breadcrumbs, in order', () => {
    const scope = new Scope('http');
    for (let index = 0; index < 30; index++) scope.addBreadcrumb(crumb(String(index)), 25);
    expect(scope.breadcrumbs.map(({ message }) => message)).toEqual(
      Array.from({ length: 25 }, (_, index) => String(index + 5)),
    );
  });

  it.each([
    [0, []],
    [1, ['b']],
  ])('keeps %i breadcrumbs when told so', (limit, kept) => {
    const scope = new Scope('http');
    scope.addBreadcrumb(crumb('a'), limit);
    scope.addBreadcrumb(crumb('b'), limit);
    expect(scope.breadcrumbs.map(({ message }) => message)).toEqual(kept);
  });

  it('forks with all that is known, and without a way back', () => {
    const scope = new Scope('http');
    scope.setTag('a', '1');
    scope.user = { id: '7' };
    const fork = scope.fork();
    fork.setTag('b', '2');
    fork.user = { id: '8' };
    fork.setContext('c', {});
    fork.addBreadcrumb(crumb('x'), 25);
    expect(fork.tags).toEqual({ a: '1', b: '2' });
    expect([scope.tags, scope.user, scope.contexts, scope.breadcrumbs]).toEqual([
      { a: '1' },
      { id: '7' },
      {},
      [],
    ]);
    expect(fork.reporting).toBe(scope.reporting);
  });
});
