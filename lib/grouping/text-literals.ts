import { MAX_HOLE, readString, readTemplate, type TextLiteral } from './quoted-text.js';

const MAX_LITERALS = 12;
const OPENING = '([{';
const CLOSING = ')]}';

/**
 * Finds the texts in a piece of JavaScript or TypeScript: strings, template literals, and their
 * concatenations by `+`. It is no parser and leaves out what it does not understand. One linear
 * pass.
 */
export function findTextLiterals(code: string): readonly TextLiteral[] {
  const found: TextLiteral[] = [];
  // The piece may begin anywhere, so it may close brackets that were opened before it.
  for (let at = 0; at < code.length;) at = scan(code, at, found);
  return found;
}

/** Reads expressions up to the bracket that closes this level; returns the index after it. */
function scan(code: string, from: number, found: TextLiteral[]): number {
  let pieces: string[] = [''];
  let holes: string[] = [];
  let hasText = false;
  let termStart = from;
  let termIsText = false;

  const endTerm = (end: number): void => {
    const expression = code.slice(termStart, end).trim();
    if (!termIsText && expression !== '') {
      holes.push(expression.slice(0, MAX_HOLE));
      pieces.push('');
    }
    termIsText = false;
  };
  const endExpression = (end: number): void => {
    endTerm(end);
    if (hasText && found.length < MAX_LITERALS) found.push({ pieces, holes });
    pieces = [''];
    holes = [];
    hasText = false;
  };

  let at = from;
  while (at < code.length) {
    const char = code.charAt(at);
    if (char === '/' && (code.startsWith('//', at) || code.startsWith('/*', at))) {
      at = skipComment(code, at);
      if (code.slice(termStart, at).trim().startsWith('/')) termStart = at;
    } else if (char === '"' || char === "'" || char === '`') {
      const literal = char === '`' ? readTemplate(code, at) : readString(code, at);
      if (literal && code.slice(termStart, at).trim() === '') {
        pieces.push((pieces.pop() ?? '') + (literal.pieces[0] ?? ''), ...literal.pieces.slice(1));
        holes.push(...literal.holes);
        hasText = true;
        termIsText = true;
      }
      at = literal?.end ?? (char === '`' ? code.length : at + 1);
    } else if (OPENING.includes(char)) {
      at = scan(code, at + 1, found);
    } else if (CLOSING.includes(char)) {
      endExpression(at);
      return at + 1;
    } else if (char === '+' && code.charAt(at + 1) !== '+' && code.charAt(at + 1) !== '=') {
      endTerm(at);
      termStart = ++at;
    } else if (',;:?=|&<>'.includes(char)) {
      endExpression(at);
      termStart = ++at;
    } else {
      at++;
    }
  }
  endExpression(at);
  return at;
}

function skipComment(code: string, at: number): number {
  const mark = code.charAt(at + 1) === '/' ? '\n' : '*/';
  const end = code.indexOf(mark, at + 2);
  return end === -1 ? code.length : end + mark.length;
}
