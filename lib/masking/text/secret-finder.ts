/**
 * Source code is read for literals. Everything else is prose: messages, addresses, headers, dumps.
 */
export type TextKind = 'prose' | 'code';

/** The place of a secret in a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /**
   * What to write there, if it is not the replacement alone: quotes around it, or data masked
   * within.
   */
  readonly instead?: string;
}

/** What a finder knows besides the text. */
export interface TextRules {
  /** Judges the names that stand in the text. */
  readonly isSensitive: (name: string) => boolean;
  /** What is written in place of secrets. Text that was masked before holds it already. */
  readonly replacement: string;
  /** Finds what the application's own patterns match. */
  readonly ownPatterns: SecretFinder | undefined;
  /** Masks the data that JSON in a text holds. */
  readonly maskTree: (value: unknown) => unknown;
}

/** Finds the secrets of one kind and changes nothing: `replaceFound` writes the masked text. */
export interface SecretFinder {
  /** A cheap look: a text that does not match holds no such secret. No flag `g` or `y`. */
  readonly mayHold: RegExp;
  /** Takes linear time, whatever the text. The spans may be in any order and overlap. */
  find(text: string, rules: TextRules, kind: TextKind): readonly Span[];
}

export const NO_SPANS: readonly Span[] = [];

/**
 * A finder of secrets that show by their form.
 *
 * @param pattern has the flag `g` and takes linear time. Group 1, if any, is before the secret and
 * group 2 after it.
 * @param isSecret whether what stands between the groups is a secret indeed
 */
export function findByForm(
  mayHold: RegExp,
  pattern: RegExp,
  isSecret: (match: string) => boolean = () => true,
): SecretFinder {
  return {
    mayHold,
    find(text) {
      const spans: Span[] = [];
      pattern.lastIndex = 0;
      for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
        const [match, before = '', after = ''] = found;
        const start = found.index + before.length;
        const end = found.index + match.length - after.length;
        if (isSecret(text.slice(start, end))) spans.push({ start, end });
      }
      return spans;
    },
  };
}
