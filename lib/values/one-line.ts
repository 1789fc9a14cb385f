// Control characters, line and paragraph separators, and characters that change the writing
// direction. Text from outside must not end a line of ours early, nor make it look like something
// else.
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** Makes one clean line of a text, at most `max` characters long. */
export function oneLine(text: string, max: number): string {
  // Cutting first bounds the cost of the steps below.
  const line = cut(text, max * 4)
    .replace(UNSAFE, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return cut(line, max);
}

/** Cleans a text of several lines. Each returned line is safe on its own. */
export function cleanLines(text: string, maxLines: number, maxLength: number): readonly string[] {
  const lines = cut(text, maxLines * maxLength).split(/\r\n|[\r\n\u2028\u2029]/);
  const kept = lines
    .slice(0, maxLines)
    .map((line) => cut(line.replace(/\t/g, '  ').replace(UNSAFE, ' ').trimEnd(), maxLength));
  return lines.length > maxLines ? [...kept, '…'] : kept;
}

/** Shortens a text to `max` characters; a shortened text ends with an ellipsis. */
export function cut(text: string, max: number): string {
  const short = text.length > max ? `${text.slice(0, max - 1)}…` : text;
  return short.replace(LONE_SURROGATES, '\ufffd');
}
