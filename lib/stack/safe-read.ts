/** Reads a property of a hostile value: getters may throw, Proxies may be revoked. `undefined` if it cannot be read. */
export function read(target: unknown, key: string): unknown {
  try {
    return (target as Record<string, unknown> | null | undefined)?.[key];
  } catch {
    return undefined;
  }
}

/** `Array.isArray` throws for a revoked Proxy. */
export function isList(value: unknown): value is readonly unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** A string cut to `limit` characters. Cut strings are copied: a part would keep the whole in memory. */
export function cut(text: string, limit: number): string {
  return text.length <= limit ? text : Buffer.from(text.slice(0, limit)).toString();
}
