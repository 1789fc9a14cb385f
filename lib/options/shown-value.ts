/** A refused value as a message shows it: short, on one line, with its type. */
export function shownValue(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'string') {
    // This may be an address with a password in it, given in the wrong place.
    if (/:\/\/.*@/s.test(value)) return 'a string';
    return value.length <= 60
      ? `${JSON.stringify(value)} (string)`
      : `a string of ${value.length} characters`;
  }
  if (typeof value === 'number' || typeof value === 'boolean') return `${value} (${typeof value})`;
  return shownType(value);
}

/** The type alone, for values that may be secret. */
export function shownType(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value instanceof RegExp) return 'a RegExp';
  if (typeof value === 'object') return 'an object';
  return `a ${typeof value}`;
}
