/** Only characters that take one byte in JSON. Texts with others are counted the slow way. */
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

/**
 * The bytes of `JSON.stringify(value)` in UTF-8 for plain data, counted without making that text.
 */
export function jsonBytes(value: unknown): number {
  if (typeof value === 'string') return textBytes(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value).length : 4;
  if (typeof value === 'boolean') return value ? 4 : 5;
  if (typeof value !== 'object' || value === null) return 4;
  let size = 2;
  if (Array.isArray(value)) {
    for (const entry of value) size += jsonBytes(entry) + 1;
    return value.length > 0 ? size - 1 : size;
  }
  let count = 0;
  const record = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(record)) {
    const entry = record[key];
    if (entry === undefined) continue;
    size += textBytes(key) + jsonBytes(entry) + 2;
    count++;
  }
  return count > 0 ? size - 1 : size;
}

function textBytes(text: string): number {
  return PLAIN.test(text) ? text.length + 2 : Buffer.byteLength(JSON.stringify(text));
}
