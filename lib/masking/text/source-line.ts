import { maskPlainText } from './plain-text.js';
import { replaceFound } from './replace-found.js';
import { NO_SPANS } from './secret-finder.js';
import type { SecretFinder, Span, TextRules } from './secret-finder.js';

const IDENTIFIER = /[A-Za-z_$][\w$-]*/g;
/** Secrets in code have no blanks. Words that are shown to somebody have some. */
const LITERAL = /(["'`])((?:\\.|(?!\1)[^\\\s]){3,})\1/g;
const MODULE_LINE = /^\s*(?:import\b|export\b.*\bfrom\b)|\brequire\s*\(/;

/** Masks one line of source code. Comments are read as prose. */
export function maskSourceLine(line: string, rules: TextRules): string {
  const masked = maskPlainText(line, 'code', rules);
  const comment = commentStart(masked);
  const code = replaceFound(codeLiterals, masked.slice(0, comment), rules, 'code');
  return comment === masked.length ? code : code + maskPlainText(masked.slice(comment), 'prose', rules);
}

/**
 * Every literal after a sensitive name, since a type, a condition or a call may stand between a
 * name and its value. Expressions stay readable.
 */
export const codeLiterals: SecretFinder = {
  mayHold: /["'`]/,
  find(code, { isSensitive }) {
    if (MODULE_LINE.test(code)) return NO_SPANS;
    const from = sensitiveNameEnd(code, isSensitive);
    if (from === undefined) return NO_SPANS;
    const spans: Span[] = [];
    for (const { 0: literal, index } of code.slice(from).matchAll(LITERAL)) {
      spans.push({ start: from + index + 1, end: from + index + literal.length - 1 });
    }
    return spans;
  },
};

/** Where the first sensitive name ends, its closing quote included. */
function sensitiveNameEnd(code: string, isSensitive: (name: string) => boolean): number | undefined {
  for (const { 0: name, index } of code.matchAll(IDENTIFIER)) {
    if (!isSensitive(name)) continue;
    const end = index + name.length;
    return /["'`]/.test(code.charAt(end)) ? end + 1 : end;
  }
  return undefined;
}

/**
 * Where a comment starts: at `//`, but not that of an address, or at once within a block comment.
 */
function commentStart(line: string): number {
  if (/^\s*(?:\/\*|\*(?:\s|$))/.test(line)) return 0;
  const found = /(?<!:)\/\//.exec(line);
  return found ? found.index : line.length;
}
