import { storableText } from '../values/storable-text.js';

/** The largest value of a 32-bit column. */
export const MAX_INTEGER = 2_147_483_647;

/**
 * Text that every database takes, cut to at most `length` characters as databases count them: a
 * surrogate pair is one character and stays whole.
 */
export function databaseText(text: string, length: number): string {
  // A character has at most two UTF-16 units, so what lies further on is cut before anything is
  // looked at.
  const clean = storableText(text.slice(0, length * 2));
  return clean.length <= length ? clean : Array.from(clean).slice(0, length).join('');
}

/** A whole number that fits every database's column, whatever came in. */
export function databaseInteger(value: number, max = Number.MAX_SAFE_INTEGER): number {
  return Number.isFinite(value) ? Math.trunc(Math.min(max, Math.max(-max, value))) : 0;
}

/**
 * Whether a row can have this id. Ids come from URLs, and a database rejects an id that its column
 * cannot hold, so such an id is never queried.
 */
export function isIssueId(id: number): boolean {
  return Number.isInteger(id) && id > 0 && id <= MAX_INTEGER;
}
