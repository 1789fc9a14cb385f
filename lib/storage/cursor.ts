import { InvalidCursorError } from '../errors/invalid-cursor.error.js';

/** Where a page ended: the last row's sort value and its id, which tells equal values apart. */
export interface Cursor {
  readonly value: number;
  readonly id: number;
}

/** Opaque to clients; `list` keeps the cursor of one list or order from being used in another. */
export function encodeCursor(list: string, { value, id }: Cursor): string {
  return Buffer.from(`${list}:${String(value)}:${String(id)}`, 'latin1').toString('base64url');
}

/** @throws InvalidCursorError */
export function decodeCursor(list: string, text: string): Cursor {
  // Cursors come out of query strings, where anything may stand in place of a string.
  const known = typeof text === 'string' && text.length <= 120;
  const parts = known ? Buffer.from(text, 'base64url').toString('latin1').split(':') : [];
  const [name, value, id] = parts;
  if (parts.length !== 3 || name !== list || !isWhole(value) || !isWhole(id)) throw new InvalidCursorError();
  return { value: Number(value), id: Number(id) };
}

function isWhole(text: string | undefined): text is string {
  return text !== undefined && /^\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text));
}
