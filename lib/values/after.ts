import { isObject } from './type-guards.js';

/** A value that is there now, or comes later. */
export type MaybeLater<T> = T | PromiseLike<T>;

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return isObject(value) && typeof (value as { then?: unknown }).then === 'function';
}

/**
 * Goes on with a value: now if it is there, else when it comes. Work that needs no waiting stays in
 * the same turn, which is cheaper and keeps the order.
 */
export function after<A, B>(value: MaybeLater<A>, next: (value: A) => MaybeLater<B>): MaybeLater<B> {
  return isThenable(value) ? value.then((late) => next(late)) : next(value);
}

/** All values of a list: now if all are there, else when the last one has come. */
export function allOf<T>(values: readonly MaybeLater<T>[]): MaybeLater<readonly T[]> {
  return values.some(isThenable) ? Promise.all(values) : (values as readonly T[]);
}
