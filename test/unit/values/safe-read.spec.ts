import { attempt, filledText, firstPart, read } from '../../../lib/values/safe-read.js';
import { hasIdentity, isList, isPlainObject } from '../../../lib/values/type-guards.js';

const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

describe('read', () => {
  it('reads what can be read, and of everything else nothing', () => {
    const hostile = Object.defineProperty({}, 'x', {
      get() {
        throw new Error('getter');
      },
    });
    expect(read({ x: 1 }, 'x')).toBe(1);
    for (const value of [hostile, revoked(), null, undefined, 7]) expect(read(value, 'x')).toBeUndefined();
  });
});

describe('attempt', () => {
  it('is undefined where looking throws', () => {
    expect(attempt(() => 1)).toBe(1);
    expect(
      attempt(() => {
        throw new Error('no');
      }),
    ).toBeUndefined();
  });
});

describe('filledText and firstPart', () => {
  it('tell texts with something in them from the rest, and cut', () => {
    expect([filledText('a'), filledText(''), filledText(1)]).toEqual(['a', undefined, undefined]);
    expect([firstPart('abc', 2), firstPart('abc', 3)]).toEqual(['ab', 'abc']);
  });
});

describe('type guards', () => {
  it('take no revoked Proxy for a list, functions for things of their own, and only literals for plain', () => {
    expect([isList(revoked()), isList([])]).toEqual([false, true]);
    expect([hasIdentity(() => 1), hasIdentity({}), hasIdentity('x'), hasIdentity(null)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect([{}, Object.create(null), new Date(), []].map(isPlainObject)).toEqual([true, true, false, false]);
  });
});
