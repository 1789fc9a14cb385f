import type { Span } from './secret-finder.js';

/** What is known of the place. It decides how far an unquoted value reaches. */
export interface ValuePlace {
  /** Whether the name is in quotes, as in JSON. */
  readonly quotedName: boolean;
  /**
   * How much belongs to the value: one word; the line up to the next field, as in
   * `password: two words`; or all of the line, as in `Cookie: a=b; c=d`.
   */
  readonly reach: 'word' | 'field' | 'line';
  /** Whether separators are URL-encoded. */
  readonly encoded: boolean;
  /** Whether only literals in quotes are values, as in source code. */
  readonly literalsOnly: boolean;
}

/**
 * How far, and how deep, prose is searched for the closing bracket of an object, which may be
 * missing.
 */
const MAX_DUMP_LENGTH = 300;
const MAX_DUMP_DEPTH = 10;

const OPENING_QUOTE = /(\\{0,15})(["'`])|%22|%27|&quot;|&#34;|&#39;/y;
const SCHEME =
  /(?:bearer|basic|digest|token|apikey|api-key|negotiate|ntlm|hmac|hawk|aws4-hmac-sha256)[ \t]+/iy;
const NO_SECRET = /(?:null|undefined|true|false|none|nil)(?![^\s,;)\]}&"'<])/iy;
const POSSIBLE_END = /[\s"'`<>&\\,;)\]}|%]/g;
const ENCODED_END = /%(?:2[026C]|7D|5D|0[AD])/iy;
const NEXT_FIELD = /[,;][ \t]+[\w.$-]{1,40}[ \t]?[:=]/;
/** What may follow a comma, semicolon or bracket that ends a value. Other ones are part of it. */
const AFTER_END = /[\s"'`,;)\]}.:|\\]|$|[\w.$-]{1,40}["']?[ \t]?[=:]/y;

/**
 * The value that starts at `at` without its quotes, `undefined` if there is none that could be
 * secret.
 */
export function findValue(text: string, at: number, place: ValuePlace): Span | undefined {
  const quote = matchAt(OPENING_QUOTE, text, at);
  if (quote) return quotedValue(text, at + quote[0].length, quote);
  if (place.literalsOnly || matchAt(NO_SECRET, text, at)) return undefined;
  const first = text[at];
  if ((first === '{' || first === '[') && place.reach === 'word') {
    // An unclosed object in JSON was cut off. In prose, as in `Unexpected token: {`, a bracket says
    // little.
    if (place.quotedName)
      return { start: at, end: closingBracket(text, at, text.length, Infinity) ?? text.length };
    return {
      start: at,
      end: closingBracket(text, at, at + MAX_DUMP_LENGTH, MAX_DUMP_DEPTH) ?? lineEnd(text, at),
    };
  }
  if (place.reach === 'line') return { start: at, end: lineEnd(text, at) };
  if (place.reach === 'field') return { start: at, end: fieldEnd(text, at) };
  const scheme = matchAt(SCHEME, text, at);
  const end = wordEnd(text, at + (scheme ? scheme[0].length : 0), place.encoded);
  return end > at ? { start: at, end } : undefined;
}

/** End of an unquoted word. */
function wordEnd(text: string, at: number, encoded: boolean): number {
  for (let stop = matchAt(POSSIBLE_END, text, at); stop; stop = matchAt(POSSIBLE_END, text, stop.index + 1)) {
    const { index } = stop;
    const char = text[index] ?? '';
    if (char === '%') {
      if (encoded && matchAt(ENCODED_END, text, index)) return index;
    } else if (char === '\\') {
      if (/[nrt"'`\\]/.test(text.charAt(index + 1))) return index;
    } else if (!',;)]}|'.includes(char) || matchAt(AFTER_END, text, index + 1)) return index;
  }
  return text.length;
}

/** A value without its closing quote, as after a cut, reaches to the end of its line. */
function quotedValue(text: string, start: number, quote: RegExpExecArray): Span | undefined {
  const mark = quote[2];
  const end =
    mark === undefined ? text.indexOf(quote[0], start) : closingQuote(text, start, mark, quote[1] ?? '');
  const span = { start, end: end === -1 ? lineEnd(text, start) : end };
  return span.end > span.start ? span : undefined;
}

/**
 * In JSON inside of JSON, a quote at depth d follows 2^d - 1 backslashes. An escaped quote of
 * that depth has more of them.
 */
function closingQuote(text: string, start: number, mark: string, slashes: string): number {
  const step = 2 * (slashes.length + 1);
  for (let index = text.indexOf(mark, start); index !== -1; index = text.indexOf(mark, index + 1)) {
    let before = 0;
    while (index - before > start && text[index - before - 1] === '\\') before++;
    const isEscaped = before < slashes.length || (before - slashes.length) % step !== 0;
    if (isEscaped) continue;
    // SQL doubles a quote inside of a literal.
    if (slashes === '' && mark === "'" && text[index + 1] === mark && index > start) index++;
    else return index - slashes.length;
  }
  return -1;
}

function closingBracket(text: string, at: number, before: number, deepest: number): number | undefined {
  let depth = 0;
  const limit = Math.min(text.length, before);
  for (let index = at; index < limit; index++) {
    const code = text.charCodeAt(index);
    if (code === 34 /* " */) {
      index = closingQuote(text, index + 1, '"', '');
      if (index === -1) return undefined;
    } else if (code === 123 /* { */ || code === 91 /* [ */) {
      if (++depth > deepest) return undefined;
    } else if ((code === 125 /* } */ || code === 93) /* ] */ && --depth === 0) return index + 1;
  }
  return undefined;
}

function fieldEnd(text: string, at: number): number {
  const end = lineEnd(text, at);
  const next = text.slice(at, end).search(NEXT_FIELD);
  return next > 0 ? at + next : end;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  if (end === -1) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
}

/** The first match from a place on, or the match exactly there if the pattern is sticky. */
function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
