/** NUL, which PostgreSQL refuses, and halves of surrogate pairs, which UTF-8 cannot hold. */
// eslint-disable-next-line no-control-regex -- the pattern looks for NUL
const UNSTORABLE = /[\u0000\ud800-\udfff]/;

/** The text as every database takes it: NUL and lone surrogates become U+FFFD. */
export function storableText(text: string): string {
  if (!UNSTORABLE.test(text)) return text;
  return text.toWellFormed().replaceAll('\u0000', '\ufffd');
}
