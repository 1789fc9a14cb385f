import { isObject } from './type-guards.js';

/**
 * Reads a property of a hostile value, whose getter may throw and which may be a revoked Proxy.
 * Returns `undefined` if the property cannot be read.
 */
export function read(target: unknown, key: PropertyKey): unknown {
  try {
    return (target as Record<PropertyKey, unknown> | null | undefined)?.[key];
  } catch {
    return undefined;
  }
}

/** What `look` returns, or `undefined` if it throws. */
export function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

/** The value if it is a text that is not empty, else `undefined`. */
export function filledText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * The first `limit` characters. A cut text is copied, for a slice keeps the whole text in memory.
 */
export function firstPart(text: string, limit: number): string {
  return text.length <= limit ? text : Buffer.from(text.slice(0, limit)).toString();
}

/**
 * A shallow copy of what can be read of an object; a getter that throws costs its own property.
 * `undefined` for everything that is no object.
 */
export function readableCopy<T extends object>(value: T | null | undefined): T | undefined {
  if (!isObject(value)) return undefined;
  const names = attempt(() => Object.keys(value)) ?? [];
  const entries = names.map((name) => [name, read(value, name)] as const);
  return Object.fromEntries(entries.filter(([, part]) => part !== undefined)) as T;
}

/** Any value as text; `undefined` for what has none, such as an object without a prototype. */
export function textOf(value: unknown): string | undefined {
  return attempt(() => String(value));
}
