import { InvalidCursorError } from '../errors/invalid-cursor.error.js';
import type { Page } from './queries.js';

const MAX_ROWS = 200;
const MAX_CURSOR_LENGTH = 120;

/** Where a page ended: the last row's sort value, and its id to tell rows of equal value apart. */
export interface Cursor {
  readonly value: number;
  readonly id: number;
}

/** How many rows a page has, whatever was asked for. */
export function pageSize(limit: number): number {
  return Number.isFinite(limit) ? Math.trunc(Math.max(1, Math.min(limit, MAX_ROWS))) : 1;
}

/**
 * Makes a page of rows. The reader asks for one row more than the page has: it tells whether
 * another page follows.
 *
 * @param list the list's name, as for `encodeCursor`
 */
export function pageOf<Row>(
  list: string,
  rows: readonly Row[],
  size: number,
  cursorOf: (row: Row) => Cursor,
): Page<Row> {
  const items = rows.slice(0, size);
  const last = rows.length > size ? items.at(-1) : undefined;
  return { items, ...(last !== undefined && { nextCursor: encodeCursor(list, cursorOf(last)) }) };
}

/**
 * A text that clients hand back as it is. `list` keeps the cursor of one list or order out of
 * another.
 */
export function encodeCursor(list: string, { value, id }: Cursor): string {
  return Buffer.from(`${list}:${String(value)}:${String(id)}`, 'latin1').toString('base64url');
}

/** @throws InvalidCursorError */
export function decodeCursor(list: string, text: string): Cursor {
  // A cursor comes out of a query string, which may hold something else than text.
  const known = typeof text === 'string' && text.length <= MAX_CURSOR_LENGTH;
  const parts = known ? Buffer.from(text, 'base64url').toString('latin1').split(':') : [];
  const [name, value, id] = parts;
  if (parts.length !== 3 || name !== list || !isWhole(value) || !isWhole(id)) throw new InvalidCursorError();
  return { value: Number(value), id: Number(id) };
}

function isWhole(text: string | undefined): text is string {
  return text !== undefined && /^\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text));
}
