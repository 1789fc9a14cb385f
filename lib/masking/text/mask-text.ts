import { embeddedJson } from './embedded-json.js';
import { maskPlainText } from './plain-text.js';
import { replaceFound } from './replace-found.js';
import type { TextKind, TextRules } from './secret-finder.js';
import { maskSourceLine } from './source-line.js';
import { urlEncoded } from './url-encoded.js';

/** Replaces the secrets in one text. Masking a masked text changes nothing. */
export function maskSecrets(text: string, kind: TextKind, rules: TextRules): string {
  if (kind === 'code') return maskSourceLine(text, rules);
  const json = replaceFound(embeddedJson, text, rules, kind);
  if (json !== text) return json;
  return maskPlainText(replaceFound(urlEncoded, text, rules, kind), kind, rules);
}
