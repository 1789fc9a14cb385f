/** NUL, which PostgreSQL refuses, and halves of surrogate pairs, which are no Unicode. */
// eslint-disable-next-line no-control-regex -- NUL is what it looks for
const UNSTORABLE = /[\u0000\ud800-\udfff]/;

/** The text as every database takes it: NUL and lone surrogates become U+FFFD. */
export function storableText(text: string): string {
  if (!UNSTORABLE.test(text)) return text;
  return wellFormed(text).replaceAll('\u0000', '\ufffd');
}

/** Node has it from version 20 on; the type library of ES2023 does not. */
function wellFormed(text: string): string {
  return (text as string & { toWellFormed(): string }).toWellFormed();
}
