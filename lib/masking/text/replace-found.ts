import type { SecretFinder, Span, TextKind, TextRules } from './secret-finder.js';

/** The text without the secrets that a finder sees in it. */
export function replaceFound(finder: SecretFinder, text: string, rules: TextRules, kind: TextKind): string {
  if (!finder.mayHold.test(text)) return text;
  return replaceSpans(text, finder.find(text, rules, kind), rules.replacement);
}

/**
 * Writes the replacement in place of each span. Spans that overlap are replaced once, as a whole,
 * so that no part of a secret stays.
 */
export function replaceSpans(text: string, spans: readonly Span[], replacement: string): string {
  if (spans.length === 0) return text;
  let result = '';
  let done = 0;
  for (const { start, end, instead } of inOrder(spans)) {
    if (start < done) {
      // It began within the one before it, which is replaced. Its end goes too.
      done = Math.max(done, end);
      continue;
    }
    result += text.slice(done, start) + (instead ?? replacement);
    done = end;
  }
  return result + text.slice(done);
}

/**
 * The earliest first, of those the longest. Finders that read from left to right need no sorting.
 */
function inOrder(spans: readonly Span[]): readonly Span[] {
  const isInOrder = spans.every((span, index) => index === 0 || compare(spans[index - 1] ?? span, span) <= 0);
  return isInOrder ? spans : [...spans].sort(compare);
}

function compare(left: Span, right: Span): number {
  return left.start - right.start || right.end - left.end;
}
