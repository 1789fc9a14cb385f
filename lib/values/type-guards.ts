import { types } from 'node:util';

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Objects and functions: values that are compared by identity and can be keys of a `WeakMap`. */
export function hasIdentity(value: unknown): value is object {
  return isObject(value) || typeof value === 'function';
}

/** `Array.isArray` that does not throw for a revoked Proxy. */
export function isList(value: unknown): value is readonly unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/** An object that is no list. */
export function isRecord(value: unknown): value is object {
  return isObject(value) && !isList(value);
}

/** An object literal, or an object without a prototype. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Errors, also those of another realm as `jest` and `vm` make them. */
export function isError(value: unknown): value is Error {
  return types.isNativeError(value) || value instanceof Error;
}
