import type { SecretFinder, Span } from './secret-finder.js';

/**
 * The application's own patterns. Each reads what those before it left, and none reads what was
 * replaced before: a pattern that matches the replacement would make the text grow with every pass.
 * That is why this finder replaces within the parts itself.
 */
export function findByPatterns(patterns: readonly RegExp[]): SecretFinder {
  const own = patterns.map((pattern) => new RegExp(pattern.source, globalFlags(pattern)));
  return {
    mayHold: /(?:)/,
    find(text, { replacement }) {
      const spans: Span[] = [];
      let start = 0;
      for (const part of text.split(replacement)) {
        const masked = own.reduce((rest, pattern) => rest.replace(pattern, () => replacement), part);
        if (masked !== part) spans.push({ start, end: start + part.length, instead: masked });
        start += part.length + replacement.length;
      }
      return spans;
    },
  };
}

function globalFlags(pattern: RegExp): string {
  return `${pattern.flags.replace(/[gy]/g, '')}g`;
}
