import { replaceFound } from '../../lib/masking/text/replace-found.js';
import type { SecretFinder, TextKind, TextRules } from '../../lib/masking/text/secret-finder.js';

/** Names with `secret` in them are sensitive; what is masked becomes `***`. */
export const RULES: TextRules = {
  isSensitive: (name) => name.toLowerCase().includes('secret'),
  replacement: '***',
  ownPatterns: undefined,
  maskTree: (value) => value,
};

/** The parts of a text that a finder takes for secrets. */
export function foundBy(finder: SecretFinder, text: string, kind: TextKind = 'prose'): readonly string[] {
  if (!finder.mayHold.test(text)) return [];
  return finder.find(text, RULES, kind).map(({ start, end }) => text.slice(start, end));
}

/** The text as it looks once what a finder sees is replaced. */
export function maskedBy(finder: SecretFinder, text: string, rules: Partial<TextRules> = {}): string {
  return replaceFound(finder, text, { ...RULES, ...rules }, 'prose');
}
