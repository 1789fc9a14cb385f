import { maskCardNumbers } from './card-numbers.js';
import { maskCodeLine } from './code.js';
import { maskEncoded, maskJson } from './embedded-data.js';
import { maskAssignments } from './assignments.js';
import { maskCommands, maskElements, maskNamedValues } from './markup.js';
import { MAY_HOLD_SECRET, SECRET_PATTERNS } from './issued-keys.js';
import type { SecretPattern } from './issued-keys.js';

const MAX_PASSES = 5;

const MAY_HOLD_CARD = /\d(?:[ -]?\d){12}/;

export interface TextRules {
  /** Judges names found in the text. */
  readonly isSensitive: (name: string) => boolean;
  /** The application's own patterns. */
  readonly patterns: readonly RegExp[];
  readonly replacement: string;
  /** Masks what JSON in a text says. */
  readonly maskTree: (value: unknown) => unknown;
}

/** Finds secrets in free text. Masking masked text changes nothing. */
export class TextMasker {
  private readonly own: readonly RegExp[];

  constructor(private readonly rules: TextRules) {
    this.own = rules.patterns.map((pattern) => new RegExp(pattern.source, globalFlags(pattern)));
  }

  /** @param isCode source code: only literals in quotes count as values */
  mask(text: string, isCode = false): string {
    const { isSensitive, maskTree, replacement } = this.rules;
    if (isCode) {
      const maskText = (part: string): string => this.maskWhole(part, false);
      return maskCodeLine(this.maskWhole(text, true), { isSensitive, replacement, maskText });
    }
    const json = maskJson(text, maskTree);
    if (json !== undefined) return json;
    const mask = (part: string): string => maskJson(part, maskTree) ?? this.maskWhole(part, false);
    return this.maskWhole(maskEncoded(text, mask, replacement), false);
  }

  private maskWhole(text: string, isCode: boolean): string {
    let result = text;
    // What was replaced may set free a word that was hidden in a longer one: go on until nothing changes.
    for (let pass = 0; pass < MAX_PASSES; pass++) {
      const masked = this.maskOnce(result, isCode);
      if (masked === result) break;
      result = masked;
    }
    return result;
  }

  private maskOnce(text: string, isCode: boolean): string {
    if (text.length < 4) return this.maskOwn(text);
    const { isSensitive, replacement } = this.rules;
    let result = text;
    if (MAY_HOLD_SECRET.test(result)) {
      for (const rule of SECRET_PATTERNS) result = replaceSecrets(result, rule, replacement);
    }
    result = maskAssignments(result, isSensitive, replacement, isCode);
    if (!isCode) result = maskNamedValues(result, isSensitive, replacement);
    result = maskElements(result, isSensitive, replacement);
    result = maskCommands(result, isSensitive, replacement);
    if (MAY_HOLD_CARD.test(result)) result = maskCardNumbers(result, replacement);
    return this.maskOwn(result);
  }

  private maskOwn(text: string): string {
    if (this.own.length === 0) return text;
    const { replacement } = this.rules;
    // What was replaced is left out: a pattern that matches the replacement would make it grow with each pass.
    return text
      .split(replacement)
      .map((part) => this.own.reduce((rest, pattern) => rest.replace(pattern, () => replacement), part))
      .join(replacement);
  }
}

function replaceSecrets(text: string, rule: SecretPattern, replacement: string): string {
  const { pattern, isSecret } = rule;
  return text.replace(pattern, (match: string, ...rest: unknown[]) => {
    // Behind the groups come the offset and the whole text.
    const [head = '', tail = ''] = rest.slice(0, -2) as (string | undefined)[];
    if (isSecret && !isSecret(match.slice(head.length, match.length - tail.length))) return match;
    return head + replacement + tail;
  });
}

function globalFlags(pattern: RegExp): string {
  return `${pattern.flags.replace(/[gy]/g, '')}g`;
}
