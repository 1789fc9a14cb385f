/** A text in source code: constant pieces, and the code of the expressions between them. */
export interface TextLiteral {
  /** One more than `holes`; the first and the last may be empty. */
  readonly pieces: readonly string[];
  /** Source code of the expressions, cut to 80 characters. */
  readonly holes: readonly string[];
}

export interface Quoted extends TextLiteral {
  /** Index of the code after the closing quote. */
  readonly end: number;
}

export const MAX_HOLE = 80;

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
};

/**
 * Reads `'…'` or `"…"`; returns `undefined` if it does not end on its line, and so is no string.
 */
export function readString(code: string, start: number): Quoted | undefined {
  const quote = code.charAt(start);
  let text = '';
  for (let at = start + 1; at < code.length;) {
    const char = code.charAt(at);
    if (char === quote) return { pieces: [text], holes: [], end: at + 1 };
    if (char === '\n') return undefined;
    if (char === '\\') {
      const escape = readEscape(code, at);
      text += escape.text;
      at = escape.end;
    } else {
      text += char;
      at++;
    }
  }
  return undefined;
}

/** Reads a template literal; returns `undefined` if it does not end. */
export function readTemplate(code: string, start: number): Quoted | undefined {
  const pieces = [''];
  const holes: string[] = [];
  const append = (text: string): void => void (pieces[pieces.length - 1] += text);
  for (let at = start + 1; at < code.length;) {
    const char = code.charAt(at);
    if (char === '`') return { pieces, holes, end: at + 1 };
    if (char === '\\') {
      const escape = readEscape(code, at);
      append(escape.text);
      at = escape.end;
    } else if (char === '$' && code.charAt(at + 1) === '{') {
      const end = skipBraces(code, at + 2);
      holes.push(
        code
          .slice(at + 2, end - 1)
          .trim()
          .slice(0, MAX_HOLE),
      );
      pieces.push('');
      at = end;
    } else {
      append(char);
      at++;
    }
  }
  return undefined;
}

function readEscape(code: string, at: number): { readonly text: string; readonly end: number } {
  const coded = /^\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|u\{([\da-fA-F]{1,6})\})/.exec(
    code.slice(at, at + 12),
  );
  if (coded) {
    const point = Number.parseInt(coded[1] ?? coded[2] ?? coded[3] ?? '0', 16);
    return { text: point <= 0x10ffff ? fromUnit(point) : '', end: at + coded[0].length };
  }
  const char = code.charAt(at + 1);
  return { text: char === '\n' ? '' : (ESCAPES[char] ?? char), end: at + 2 };
}

function fromUnit(point: number): string {
  return point <= 0xffff ? String.fromCharCode(point) : String.fromCodePoint(point);
}

/** The index after the brace that closes an expression. Braces within texts do not count. */
function skipBraces(code: string, from: number): number {
  let depth = 1;
  for (let at = from; at < code.length;) {
    const char = code.charAt(at);
    if (char === '{') depth++;
    if (char === '}' && --depth === 0) return at + 1;
    at = skipQuoted(code, at) ?? at + 1;
  }
  return code.length;
}

/**
 * The index after the text that begins here, if one does. A template without an end takes all the
 * rest: trying again inside it would cost exponential time for nested templates.
 */
function skipQuoted(code: string, at: number): number | undefined {
  const char = code.charAt(at);
  if (char === '`') return readTemplate(code, at)?.end ?? code.length;
  return char === '"' || char === "'" ? readString(code, at)?.end : undefined;
}
