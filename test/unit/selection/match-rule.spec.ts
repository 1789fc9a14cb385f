import { isIgnoredBy } from '../../../lib/selection/match-rule.js';
import type { IgnoreRule } from '../../../lib/options/capture-rules.js';

const ignorePredicate = (rules: readonly IgnoreRule[]) => (exception: unknown) =>
  isIgnoredBy(rules, exception);

class PaymentError extends Error {}
class CardError extends PaymentError {}

describe('ignorePredicate', () => {
  it.each([
    ['its class', PaymentError],
    ['a class above it', Error],
    ['the name of its class', 'CardError'],
    ['the name of a class above it', 'PaymentError'],
    ['a pattern for its message', /declined/],
    ['a sticky or global pattern, on every call', /declined/g],
    ['a predicate', (exception: unknown) => exception instanceof CardError],
  ])('matches an exception by %s', (_name, rule) => {
    const isIgnored = ignorePredicate([rule]);
    const exception = new CardError('card declined');
    expect([isIgnored(exception), isIgnored(exception)]).toEqual([true, true]);
  });

  it('matches anywhere in the chain of causes, and survives a cycle in it', () => {
    const root = new CardError('root');
    const outer = new Error('outer', { cause: new Error('middle', { cause: root }) });
    root.cause = outer;
    expect(ignorePredicate([CardError])(outer)).toBe(true);
    expect(ignorePredicate([TypeError])(outer)).toBe(false);
  });

  it('does not match by a rule that throws', () => {
    const isIgnored = ignorePredicate([
      () => {
        throw new Error('rule');
      },
    ]);
    expect(isIgnored(new Error('x'))).toBe(false);
  });

  it.each([undefined, null, 'text', 7, Symbol('s'), Object.create(null), Proxy.revocable({}, {}).proxy])(
    'survives %p',
    (thrown) => {
      expect(ignorePredicate([PaymentError, 'Other', /nothing/])(thrown)).toBe(false);
    },
  );

  it('survives a revoked Proxy', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(ignorePredicate([PaymentError, 'Other', /nothing/])(proxy)).toBe(false);
  });
});
