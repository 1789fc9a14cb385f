/** Reads a property of a hostile value: getters may throw, Proxies may be revoked. `undefined` if it cannot be read. */
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

/** A text with something in it; `undefined` for everything else. */
export function filledText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The first `limit` characters. What is cut is copied: a part would keep the whole text in memory. */
export function firstPart(text: string, limit: number): string {
  return text.length <= limit ? text : Buffer.from(text.slice(0, limit)).toString();
}
