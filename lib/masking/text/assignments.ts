import { findValue } from './assigned-value.js';
import type { ValuePlace } from './assigned-value.js';
import type { SecretFinder, Span } from './secret-finder.js';

const SEPARATOR = /[:=]|%3[ad]/gi;
/** Headers whose unquoted value holds spaces. */
const WHOLE_LINE_NAME = /(?:^|[^a-z])(?:set-?)?cookie$|authorization$/i;

const MAX_NAME_LENGTH = 100;

/**
 * The value of every assignment to a sensitive name: `password=x`, `token: "x"`, `"secret":"x"`,
 * query parameters, header lines, also in JSON inside of JSON. Looks at each separator once and
 * never goes back before a value's end, so it takes linear time.
 *
 * In source code `token = next()` is no secret and `token = 'x'` is one.
 */
export const assignments: SecretFinder = {
  mayHold: /[:=]|%3[ad]/i,
  find(text, { isSensitive, replacement }, kind) {
    const spans: Span[] = [];
    const isInLiteral = literalReader(text);
    let done = 0;
    SEPARATOR.lastIndex = 0;
    for (let hit = SEPARATOR.exec(text); hit; hit = SEPARATOR.exec(text)) {
      const encoded = hit[0].length > 1;
      const name = nameBefore(text, hit.index, done);
      if (!name || !isSensitiveName(text, name, done, isSensitive)) continue;
      const valueAt = skipSeparator(text, hit.index + hit[0].length);
      if (isPlaceInFile(text, name, hit.index, valueAt)) continue;
      const span = unmaskedValue(text, valueAt, replacement, {
        quotedName: name.quoted,
        reach: reachOf(text, name, hit.index, valueAt),
        encoded,
        literalsOnly: kind === 'code' && !(isWrittenOut(text, hit.index, valueAt) && isInLiteral(name.start)),
      });
      if (!span) continue;
      spans.push(span);
      done = span.end;
      SEPARATOR.lastIndex = done;
    }
    return spans;
  },
};

interface Name {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

function nameBefore(text: string, separator: number, from: number): Name | undefined {
  let end = separator;
  const earliest = Math.max(from, separator - MAX_NAME_LENGTH);
  while (end > earliest && isBetween(text.charCodeAt(end - 1))) end--;
  // `token[]=x`: nothing between the brackets.
  if (text[end - 1] === '[' && text[end] === ']') end--;
  const quoted = end < separator && /["'`]/.test(text.slice(end, separator));
  let start = end;
  while (start > earliest && isNamePart(text.charCodeAt(start - 1), quoted)) start--;
  return start < end ? { start, end, quoted } : undefined;
}

/** `password=x` as it stands in the literal `'postgres://db?password=x'` of source code. */
function isWrittenOut(text: string, separator: number, valueAt: number): boolean {
  return text[separator] === '=' && valueAt === separator + 1 && /\w/.test(text.charAt(valueAt));
}

/**
 * Tells of one place after the other, from left to right, whether it stands within a literal of its
 * line. The text is read once for all of them.
 */
function literalReader(text: string): (place: number) => boolean {
  let at = 0;
  let quote = '';
  return (place) => {
    for (; at < place; at++) {
      const char = text.charAt(at);
      if (char === '\n') quote = '';
      else if (char === '\\' && text[at + 1] !== '\n') at++;
      else if (quote === '' ? /["'`]/.test(char) : char === quote) quote = quote === '' ? char : '';
    }
    return quote !== '';
  };
}

function isSensitiveName(
  text: string,
  name: Name,
  from: number,
  isSensitive: (name: string) => boolean,
): boolean {
  if (isSensitive(outerName(text, name, from))) return true;
  if (!isSensitive(text.slice(name.start, name.end))) return false;
  // `primary key: 5`
  return name.quoted || isSensitive(withWordBefore(text, name, from));
}

/** `password[value]=x` and `tokens[0]=x`: the name of what the brackets are part of. */
function outerName(text: string, name: Name, from: number): string {
  const earliest = Math.max(from, name.start - MAX_NAME_LENGTH);
  let start = name.start;
  while (start > earliest && /[\w[\]%.-]/.test(text.charAt(start - 1))) start--;
  const whole = text.slice(start, name.end);
  return /[[\]]|%5[bd]/i.test(whole) ? whole : '';
}

function withWordBefore(text: string, name: Name, from: number): string {
  let start = name.start;
  if (text[start - 1] === ' ') {
    const earliest = Math.max(from, start - 30);
    start--;
    while (start > earliest && isNamePart(text.charCodeAt(start - 1))) start--;
  }
  return text.slice(start, name.end);
}

/** Space, tab, quotes, `\`, `]` and `)` may stand between a name and its separator. */
function isBetween(code: number): boolean {
  return (
    code === 32 ||
    code === 9 ||
    code === 34 ||
    code === 39 ||
    code === 96 ||
    code === 92 ||
    code === 93 ||
    code === 41
  );
}

/** Letters, digits and `$ % - . _` are parts of names, in quotes spaces too. */
function isNamePart(code: number, quoted = false): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45 ||
    code === 46 ||
    code === 36 ||
    code === 37 ||
    code > 127 ||
    (quoted && code === 32)
  );
}

/** Where the value starts: after `=>`, `==`, `:=` and spaces. */
function skipSeparator(text: string, at: number): number {
  let index = at;
  while (index < at + 2 && /[=>:]/.test(text.charAt(index))) index++;
  const most = index + 16;
  while (index < most && /[ \t]/.test(text.charAt(index))) index++;
  return index;
}

/**
 * `auth.service.ts:10:5`, `http://auth.example:8080`, `auth://…` and `Auth::Token` assign nothing.
 */
function isPlaceInFile(text: string, name: Name, separator: number, valueAt: number): boolean {
  if (text[separator] !== ':' || name.quoted) return false;
  if (text[separator + 1] === ':' || text.startsWith('//', separator + 1)) return true;
  const isPath = /[/\\@]/.test(text.charAt(name.start - 1)) || text.slice(name.start, name.end).includes('.');
  return isPath && valueAt === separator + 1 && /^\d{1,6}(?!\w)/.test(text.slice(valueAt, valueAt + 7));
}

/**
 * Some headers take all of their line. `name: value` on a line of its own takes it up to the next
 * field.
 */
function reachOf(text: string, name: Name, separator: number, valueAt: number): ValuePlace['reach'] {
  if (name.quoted || text[separator] !== ':') return 'word';
  if (WHOLE_LINE_NAME.test(text.slice(name.start, name.end))) return 'line';
  if (valueAt === separator + 1) return 'word';
  const before = text.slice(Math.max(0, name.start - 8), name.start);
  const isFirst = /(?:^|\n)[ \t>*|-]*$/.test(before) && (before.length < 8 || before.includes('\n'));
  return isFirst ? 'field' : 'word';
}

/** The value that stands at `at`; `undefined` if there is none, or if it was masked before. */
function unmaskedValue(text: string, at: number, replacement: string, place: ValuePlace): Span | undefined {
  const span = findValue(text, at, place);
  if (!span || span.end <= span.start) return undefined;
  if (!text.startsWith(replacement, span.start)) return span;
  // A second pass finds what the first one left, which may hold spaces.
  const end = span.start + replacement.length;
  return span.end <= end || place.reach !== 'word' ? undefined : span;
}
