const IDENTIFIER = /[A-Za-z_$][\w$-]*/g;
/** A literal without blanks is what a secret looks like in code; words that are shown to somebody have some. */
const LITERAL = /(["'`])((?:\\.|(?!\1)[^\\\s]){3,})\1/g;
const MODULE_LINE = /^\s*(?:import\b|export\b.*\bfrom\b)|\brequire\s*\(/;

export interface CodeRules {
  readonly isSensitive: (name: string) => boolean;
  readonly replacement: string;
  /** Masks what is no code: comments. */
  readonly maskText: (text: string) => string;
}

/**
 * Masks one line of source code. Between a name and its value may stand a type, a condition or a call, so that every
 * literal behind a sensitive name counts; expressions stay readable.
 */
export function maskCodeLine(line: string, { isSensitive, replacement, maskText }: CodeRules): string {
  const comment = commentStart(line);
  const code = line.slice(0, comment);
  const masked = maskLiterals(code, isSensitive, replacement);
  return comment === line.length ? masked : masked + maskText(line.slice(comment));
}

function maskLiterals(code: string, isSensitive: (name: string) => boolean, replacement: string): string {
  if (MODULE_LINE.test(code)) return code;
  const from = sensitiveNameEnd(code, isSensitive);
  if (from === undefined) return code;
  const behind = code
    .slice(from)
    .replace(LITERAL, (_literal, quote: string) => `${quote}${replacement}${quote}`);
  return code.slice(0, from) + behind;
}

/** Where the first sensitive name ends, its closing quote included. */
function sensitiveNameEnd(code: string, isSensitive: (name: string) => boolean): number | undefined {
  IDENTIFIER.lastIndex = 0;
  for (let found = IDENTIFIER.exec(code); found; found = IDENTIFIER.exec(code)) {
    if (!isSensitive(found[0])) continue;
    const end = found.index + found[0].length;
    return /["'`]/.test(code.charAt(end)) ? end + 1 : end;
  }
  return undefined;
}

/** `//`, but not that of an address, and the lines of a block comment. */
function commentStart(line: string): number {
  const block = /^\s*(?:\/\*|\*(?:\s|$))/.exec(line);
  if (block) return 0;
  const found = /(?<!:)\/\//.exec(line);
  return found ? found.index : line.length;
}
