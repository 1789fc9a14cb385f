import { runInNewContext } from 'node:vm';
import {
  hasIdentity,
  isError,
  isList,
  isObject,
  isPlainObject,
  isRecord,
} from '../../../lib/values/type-guards.js';

const revoked = (target: object): object => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};

describe('type guards', () => {
  it.each([
    [{}, true],
    [[], true],
    [null, false],
    [() => 1, false],
    ['text', false],
  ])('isObject(%p) is %p', (value, expected) => {
    expect(isObject(value)).toBe(expected);
  });

  it.each([
    [{}, true],
    [() => 1, true],
    [null, false],
    [Symbol('a'), false],
  ])('hasIdentity(%p) is %p', (value, expected) => {
    expect(hasIdentity(value)).toBe(expected);
  });

  it.each([
    [{}, true],
    [new Map(), true],
    [[], false],
    [null, false],
    [() => 1, false],
  ])('isRecord(%p) is %p', (value, expected) => {
    expect(isRecord(value)).toBe(expected);
  });

  it('takes lists for lists and does not throw for a revoked Proxy', () => {
    expect(isList([])).toBe(true);
    expect(isList({ length: 0 })).toBe(false);
    expect(isList(revoked([]))).toBe(false);
  });

  it('tells plain objects from instances', () => {
    expect(isPlainObject({})).toBe(true);
    expect(isPlainObject(Object.create(null))).toBe(true);
    expect(isPlainObject(new Map())).toBe(false);
    expect(isPlainObject(null)).toBe(false);
  });

  it('knows errors of this realm and of others, and subclasses', () => {
    expect(isError(new RangeError('x'))).toBe(true);
    expect(isError(runInNewContext('new Error("x")'))).toBe(true);
    expect(isError(Object.create(Error.prototype))).toBe(true);
    expect(isError({ name: 'Error', message: 'x', stack: '' })).toBe(false);
  });
});
