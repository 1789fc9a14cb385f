import type { SecretFinder, Span } from './secret-finder.js';

/**
 * An element with a plain name, its attributes included. Attributes are assignments, which have a
 * finder of their own.
 */
const OPENING_TAG = /<([A-Za-z_][\w:.-]{0,80})(?:\s[^<>]{0,1000})?>/g;

/** Unclosed elements searched for before giving up. Each search reads all the rest of the text. */
const MAX_UNCLOSED = 16;

/** The content of sensitive elements: `<password>x</password>`. */
export const elements: SecretFinder = {
  mayHold: /<\//,
  find(text, { isSensitive, replacement }) {
    const spans: Span[] = [];
    let unclosed = 0;
    OPENING_TAG.lastIndex = 0;
    for (let tag = OPENING_TAG.exec(text); tag; tag = OPENING_TAG.exec(text)) {
      const name = tag[1] ?? '';
      if (tag[0].endsWith('/>') || !isSensitive(name)) continue;
      const start = tag.index + tag[0].length;
      const close = unclosed < MAX_UNCLOSED ? text.indexOf(`</${name}`, start) : -1;
      if (close === -1) unclosed++;
      const end = close === -1 ? contentEnd(text, start) : close;
      if (end === start || text.slice(start, end) === replacement) continue;
      spans.push({ start, end });
      OPENING_TAG.lastIndex = end;
    }
    return spans;
  },
};

function contentEnd(text: string, start: number): number {
  const next = text.indexOf('<', start);
  return next === -1 ? text.length : next;
}
