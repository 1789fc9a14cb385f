// Controls, line and paragraph separators, and the characters that turn the writing direction: a line of ours that
// carries text from outside must neither end early nor show something else than it says.
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** Makes one clean line of a text, at most `max` characters long. */
export function oneLine(text: string, max: number): string {
  // Cut first: what follows then costs the same whatever the text's length.
  const line = cut(text, max * 4)
    .replace(UNSAFE, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return cut(line, max);
}

/** Cleans a text that may have several lines: each is safe on its own. */
export function cleanLines(text: string, maxLines: number, maxLength: number): readonly string[] {
  const lines = cut(text, maxLines * maxLength).split(/\r\n|[\r\n\u2028\u2029]/);
  const kept = lines
    .slice(0, maxLines)
    .map((line) => cut(line.replace(/\t/g, '  ').replace(UNSAFE, ' ').trimEnd(), maxLength));
  return lines.length > maxLines ? [...kept, '…'] : kept;
}

/** Shortens a text to `max` characters, the last one then being an ellipsis. */
export function cut(text: string, max: number): string {
  const short = text.length > max ? `${text.slice(0, max - 1)}…` : text;
  return short.replace(LONE_SURROGATES, '\ufffd');
}
