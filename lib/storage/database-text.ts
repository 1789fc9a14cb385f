/**
 * Text that every database takes, at most `length` characters as databases count them. PostgreSQL refuses NUL, lone
 * halves of surrogate pairs are no Unicode, and no pair is cut in two.
 */
export function databaseText(text: string, length: number): string {
  // A character is at most two UTF-16 units, so anything further on can be cut before looking closer.
  const clean = text
    .slice(0, length * 2)
    // eslint-disable-next-line no-control-regex
    .replace(/\u0000|\p{Surrogate}/gu, '\ufffd');
  return clean.length <= length ? clean : Array.from(clean).slice(0, length).join('');
}

/** A whole number that fits every database's column, whatever came in. */
export function databaseInteger(value: number, max = Number.MAX_SAFE_INTEGER): number {
  return Number.isFinite(value) ? Math.trunc(Math.min(max, Math.max(-max, value))) : 0;
}

/** The largest value of a 32-bit column. */
export const MAX_INTEGER = 2_147_483_647;
