import { embeddedJson } from './embedded-json.js';
import { maskPlainText } from './plain-text.js';
import { replaceFound, replaceSpans } from './replace-found.js';
import { NO_SPANS } from './secret-finder.js';
import type { SecretFinder, Span, TextRules } from './secret-finder.js';

/** How often an encoded text may be encoded again: a redirect in a redirect in a redirect. */
const MAX_ENCODINGS = 4;

/**
 * What stands between the separators of a query string, a form or a path. Nothing is tried twice,
 * so the time is linear.
 */
const COMPONENT = /[^\s"'`<>&=?#[\]{}|\\]+/g;
const ENCODED = /%[\da-f]{2}/i;
/**
 * What stands around a secret, or within it, where encoding hides it. Anything else shows as it is.
 */
const MAY_HIDE = /[:=@<,%\s]/;
const MIN_LENGTH = 6;

/**
 * What is URL encoded: credentials in the address in a query parameter, JSON in a form. A span must
 * be a whole component here, since only the decoded text shows the secret. The component is
 * decoded, masked as a text of its own and encoded again. A component without a secret stays to the
 * letter.
 */
export const urlEncoded: SecretFinder = {
  mayHold: ENCODED,
  find: (text, rules) => findEncoded(text, rules, MAX_ENCODINGS),
};

function findEncoded(text: string, rules: TextRules, encodingsLeft: number): readonly Span[] {
  if (encodingsLeft === 0 || !ENCODED.test(text)) return NO_SPANS;
  const spans: Span[] = [];
  for (const found of text.matchAll(COMPONENT)) {
    const [component] = found;
    const masked = component.includes('%') ? maskComponent(component, rules, encodingsLeft) : component;
    if (masked === component) continue;
    spans.push({ start: found.index, end: found.index + component.length, instead: masked });
  }
  return spans;
}

function maskComponent(component: string, rules: TextRules, encodingsLeft: number): string {
  const decoded = decode(component);
  if (decoded === component || decoded.length < MIN_LENGTH || !MAY_HIDE.test(decoded)) return component;
  const { replacement } = rules;
  const inner = replaceSpans(decoded, findEncoded(decoded, rules, encodingsLeft - 1), replacement);
  const json = replaceFound(embeddedJson, inner, rules, 'prose');
  const masked = json === inner ? maskPlainText(inner, 'prose', rules) : json;
  if (masked === decoded) return component;
  // The replacement stays readable.
  return masked.split(replacement).map(encode).join(replacement);
}

function decode(component: string): string {
  const text = component.replaceAll('+', ' ');
  try {
    return decodeURIComponent(text);
  } catch {
    // Some of it is no UTF-8. Secrets are recognised by ASCII, so that alone is decoded.
    return text.replace(/%([0-7][\da-f])/gi, (_found, code: string) =>
      String.fromCharCode(parseInt(code, 16)),
    );
  }
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
