import type { ResolvedLimits } from '../options/resolved-options.js';

const MARKER = /… \[truncated, (\d{1,15}) characters\]$/;
const MAX_MARKER_LENGTH = 45;

/** How far a cut looks back for the end of a word. */
const LOOK_BACK = 1024;

/** NUL and halves of surrogate pairs: PostgreSQL and UTF-8 refuse them. */
// eslint-disable-next-line no-control-regex -- NUL is what it looks for
const UNSTORABLE = /[\u0000\ud800-\udfff]/;

/**
 * The text in at most `max` UTF-16 units, cut between characters, with a visible marker that tells the length it
 * had. The marker comes on top of `max`. NUL and lone surrogates become U+FFFD. Bounding twice changes nothing.
 */
export function boundedText(text: string, max: number): string {
  if (text.length <= max) return storable(text);
  const marked = MARKER.exec(text.slice(-MAX_MARKER_LENGTH));
  const length = marked ? text.length - marked[0].length : text.length;
  if (marked && length <= max) return storable(text);
  return storable(text.slice(0, characterEnd(text, max))) + marker(marked ? Number(marked[1]) : length);
}

/**
 * Characters of one string that the masker is shown: more than are kept, so that a secret at the limit is seen as
 * a whole, and bounded, so that no text costs more than a moment.
 */
export function hardCap(limits: ResolvedLimits): number {
  return Math.min(limits.stringLength * 4, 65_536);
}

/**
 * As `boundedText`, but cut at the end of a word: half of a secret would not be recognised as one. A run of
 * characters that is cut and too long to look back over loses its last part.
 */
export function cutAtWord(text: string, max: number): string {
  if (text.length <= max) return storable(text);
  const marked = MARKER.exec(text.slice(-MAX_MARKER_LENGTH));
  if (marked && text.length - marked[0].length <= max) return storable(text);
  const earliest = Math.max(0, max - LOOK_BACK);
  let end = max;
  while (end > earliest && !/[\s,;&|]/.test(text.charAt(end))) end--;
  const length = marked ? Number(marked[1]) : text.length;
  return storable(text.slice(0, characterEnd(text, end))) + marker(length);
}

/** The text without what databases refuse: NUL and lone surrogates become U+FFFD. */
export function storable(text: string): string {
  if (!UNSTORABLE.test(text)) return text;
  return wellFormed(text).replaceAll('\u0000', '\ufffd');
}

/** Node has it from version 20 on; the type library of ES2023 does not. */
function wellFormed(text: string): string {
  return (text as string & { toWellFormed(): string }).toWellFormed();
}

function characterEnd(text: string, end: number): number {
  const code = text.charCodeAt(end - 1);
  return code >= 0xd800 && code <= 0xdbff ? end - 1 : end;
}

function marker(length: number): string {
  return `… [truncated, ${length} characters]`;
}
