import type { ResolvedLimits } from '../options/resolved-options.js';
import { storableText } from '../values/storable-text.js';

const MARKER = /… \[truncated, (\d{1,15}) characters\]$/;
const MAX_MARKER_LENGTH = 45;

/** How far a cut looks back for the end of a word. */
const MAX_LOOK_BACK = 1024;

/**
 * Cuts a text to at most `max` UTF-16 units, between characters. A visible marker, which comes on
 * top of `max`, tells the length it had. NUL and lone surrogates become U+FFFD. Bounding twice
 * changes nothing.
 */
export function boundedText(text: string, max: number): string {
  if (text.length <= max) return storableText(text);
  const marked = MARKER.exec(text.slice(-MAX_MARKER_LENGTH));
  const length = marked ? text.length - marked[0].length : text.length;
  if (marked && length <= max) return storableText(text);
  return storableText(text.slice(0, characterEnd(text, max))) + marker(marked ? Number(marked[1]) : length);
}

/**
 * How many characters of one string the masker sees. They are more than are kept, so that it sees a
 * secret at the limit as a whole. They are bounded, so that no text takes more than a moment.
 */
export function hardCap(limits: ResolvedLimits): number {
  return Math.min(limits.stringLength * 4, 65_536);
}

/**
 * Cuts like `boundedText`, but at the end of a word, since the masker would not recognise half of a
 * secret. The search for that end is bounded: a longer word loses its last part.
 */
export function cutAtWord(text: string, max: number): string {
  if (text.length <= max) return storableText(text);
  const marked = MARKER.exec(text.slice(-MAX_MARKER_LENGTH));
  if (marked && text.length - marked[0].length <= max) return storableText(text);
  const earliest = Math.max(0, max - MAX_LOOK_BACK);
  let end = max;
  while (end > earliest && !/[\s,;&|]/.test(text.charAt(end))) end--;
  const length = marked ? Number(marked[1]) : text.length;
  return storableText(text.slice(0, characterEnd(text, end))) + marker(length);
}

function characterEnd(text: string, end: number): number {
  const code = text.charCodeAt(end - 1);
  return code >= 0xd800 && code <= 0xdbff ? end - 1 : end;
}

function marker(length: number): string {
  return `… [truncated, ${length} characters]`;
}
