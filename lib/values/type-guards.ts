import { types } from 'node:util';

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Objects and functions: what is itself wherever it is seen, and fits into a `WeakMap`. */
export function hasIdentity(value: unknown): value is object {
  return isObject(value) || typeof value === 'function';
}

/** `Array.isArray` throws for a revoked Proxy. */
export function isList(value: unknown): value is readonly unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/** An object literal, or one without a prototype. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Errors of other realms too: `jest` and `vm` make them. */
export function isError(value: unknown): value is Error {
  return types.isNativeError(value) || value instanceof Error;
}
