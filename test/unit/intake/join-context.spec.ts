import { joinParts } from '../../../lib/intake/join-context.js';
import type { Failure } from '../../../lib/intake/failure.js';
import { Scope } from '../../../lib/scope/scope.js';

function input(changes: Partial<Failure> = {}): Failure {
  return {
    site: { source: 'http' },
    handled: false,
    severity: 'error',
    severityReason: 'unhandled',
    ...changes,
  };
}

describe('joinParts', () => {
  it('lets the call beat the scope, the scope the builders, and later builders earlier ones', () => {
    const scope = new Scope('http');
    scope.setTag('a', 'scope');
    scope.setTag('b', 'scope');
    const joined = joinParts(input({ scope, tags: { a: 'call' } }), [
      { tags: { a: 'first', b: 'first', c: 'first', d: 'first' } },
      { tags: { d: 'second' } },
    ]);
    expect(joined.tags).toEqual({ a: 'call', b: 'scope', c: 'first', d: 'second' });
  });

  it('joins sections of the same name key by key', () => {
    const scope = new Scope('http');
    scope.setContext('order', { id: 7, state: 'open' });
    const joined = joinParts(input({ scope, contexts: { order: { state: 'paid' } } }), [undefined]);
    expect(joined.contexts).toEqual({ order: { id: 7, state: 'paid' } });
  });

  it('keeps only scalar tags, as text', () => {
    const joined = joinParts(input({ tags: { n: 1, yes: true, object: {}, nothing: null } }), []);
    expect(joined.tags).toEqual({ n: '1', yes: 'true' });
  });

  it('leaves out request and user where nobody knows of them', () => {
    expect(joinParts(input(), [])).toMatchObject({ request: undefined, user: undefined });
  });
});
