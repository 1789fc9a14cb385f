/** Stands for a part that differs from one event to the next. */
export const HOLE = '<*>';

const MAX_TEMPLATE = 300;
/** Characters that are read. It is more than the template has, for placeholders are short. */
const MAX_LINE = 1000;

/** Cuts a text between words. The masker sees it later and would not recognise half of a secret. */
export function wholeWords(text: string, limit = MAX_TEMPLATE): string {
  return text.length <= limit
    ? text
    : text
        .slice(0, limit + 1)
        .replace(/\S{1,400}$/, '')
        .trimEnd();
}

/** Parts that look like data and tell bugs apart: names of columns, statuses, error codes. */
const KEPT = new RegExp(
  [
    String.raw`\b(?:reading|setting|property|column|table|constraint|relation|index|for key) (?:'[\w$.#-]{1,80}'|"[\w$.#-]{1,80}")`,
    String.raw`\b(?:HTTP(?:\/\d(?:\.\d)?)?|status(?: code)?)[ :=]{1,3}[1-5]\d\d\b`,
    String.raw`\b(?:E|P|TS|ORA-|SQLSTATE ?)\d{4,5}\b`,
  ].join('|'),
  'gi',
);

interface Rule {
  /** A text without it is not searched. */
  readonly marker?: string;
  readonly pattern: RegExp;
  readonly replace?: (found: string, first: string, second: string) => string;
}

/**
 * Applied in this order. Each pattern is linear: no two neighbouring repetitions match the same
 * character.
 */
const RULES: readonly Rule[] = [
  {
    marker: ')=(',
    pattern: /\bKey \(([^=]{1,200})\)=\(.*\)/g,
    replace: (_found, columns) => `Key (${columns})=(${HOLE})`,
  },
  {
    marker: '://',
    pattern: /(?<![\w+.-])([a-z][\w+.-]{1,20}):\/\/([^\s"'<>)\]]+)/gi,
    replace: (_found, scheme, rest) => `${scheme}://${hostOf(rest)}`,
  },
  // The wrong argument as V8 and Node show it.
  { marker: 'to a BigInt', pattern: /(?<=^Cannot convert ).{1,900}(?= to a BigInt$)/g },
  { marker: 'Received ', pattern: /(?<=\. Received ).{1,900}$/g },
  // JSON Web Tokens, then mail addresses.
  { marker: 'eyJ', pattern: /\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g },
  { marker: '@', pattern: /(?<![\w.+-])[\w.+-]{1,256}@[\w-]+(?:\.[\w-]+)+/g },
  // UUID, ULID.
  { marker: '-', pattern: /\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi },
  { pattern: /\b[0-7][\dA-HJKMNP-TV-Z]{25}\b/g },
  // IPv4 addresses with a port, IPv6 and MAC addresses.
  { marker: '.', pattern: /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?(?![\w.]*\w)/g },
  {
    marker: ':',
    pattern: /(?<![\w:])(?:[\da-f]{0,4}:){2,7}[\da-f]{0,4}(?:%\w+)?(?![\w:])/gi,
    replace: (found) => (isAddress(found) ? HOLE : found),
  },
  // Dates and times: ISO 8601, `Date.toString()`, RFC 1123, time of the day, durations.
  {
    marker: '-',
    pattern: /\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?Z\b|[+-]\d\d:?\d\d)?)?/g,
  },
  {
    marker: ' ',
    pattern:
      /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:[A-Z][a-z]{2} \d\d?|\d\d? [A-Z][a-z]{2}),? \d{4}(?: \d\d:\d\d(?::\d\d)?)?(?: (?:GMT|UTC)(?:[+-]\d{4})?)?(?: \([\w ]{1,60}\))?/g,
  },
  { marker: ':', pattern: /\b\d\d?:\d\d:\d\d(?:[.,]\d+)?/g },
  { pattern: /(?<![\w.])\d+(?:\.\d+)? ?(?:ns|µs|us|ms|s|secs?|seconds?|mins?|minutes?|h|hours?|days?)\b/g },
  // Hexadecimal numbers, hashes, random tokens, decimal numbers.
  { marker: '0x', pattern: /\b0x[\da-f]+\b/gi },
  { pattern: /\b(?=[a-f]*\d)(?=\d*[a-f])[\da-f]{6,}\b/gi },
  {
    pattern: /(?<![\w-])(?=(?:[a-zA-Z_-]*\d){2})(?=[\da-z_-]*[A-Z])(?=[\dA-Z_-]*[a-z])[\w-]{16,}(?![\w-])/g,
  },
  { pattern: /(?:(?<![\w)>])[-+])?(?<![a-zA-Z])\d+(?:[.,]\d+)*|\d{2,}/g },
  // Quoted values; an apostrophe within a word is no quote.
  { pattern: /(?<=^|[\s(=:,[{])(?:'[^']*'(?=$|[\s).,;:\]}!?])|"[^"]*"|`[^`]*`)/g },
  { marker: '“', pattern: /“[^“”]*”/g },
  { marker: '«', pattern: /«[^«»]*»/g },
  {
    pattern: /(?<![\w.*])(?:[A-Za-z]:|\.{1,2})?(?:[\\/][\w.@+~%*<>-]+){2,}/g,
    replace: (path) => baseName(path),
  },
  // Lists are as long as the data.
  { marker: HOLE, pattern: /<\*>(?:(?:, ?|; ?| )<\*>)+/g },
];

/** A text in which there is nothing to replace. */
const PLAIN = /^(?!Cannot convert )[^\d'"`@/\\:=“«]*$/;

/**
 * The constant part of a message: its first line, with ids, numbers, dates, addresses and quoted
 * values replaced, at most 300 characters. The cost is linear in the line, which is cut at 1000
 * characters.
 */
export function messageTemplate(message: string): string {
  const line = firstLine(message);
  if (PLAIN.test(line)) return wholeWords(line);
  let template = '';
  let from = 0;
  for (const kept of line.matchAll(KEPT)) {
    template += replaceData(line.slice(from, kept.index)) + kept[0];
    from = kept.index + kept[0].length;
  }
  return wholeWords(template + replaceData(line.slice(from)));
}

function replaceData(text: string): string {
  if (PLAIN.test(text)) return text;
  let replaced = text;
  for (const { marker, pattern, replace } of RULES) {
    if (marker !== undefined && !replaced.includes(marker)) continue;
    replaced = replace ? replaced.replace(pattern, replace) : replaced.replace(pattern, HOLE);
  }
  return replaced;
}

function firstLine(message: string): string {
  const start = message.search(/\S/);
  if (start === -1) return '';
  const line = message.slice(start, start + MAX_LINE);
  const end = line.search(/[\r\n\u2028\u2029]/);
  return (end === -1 ? line : line.slice(0, end)).trimEnd();
}

/** Keeps the service that failed and drops the resource that was asked for. */
function hostOf(rest: string): string {
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d+$/, '');
  const named = /^[a-z][a-z\d.-]*$/i.test(host) ? host.toLowerCase() : HOLE;
  return authority.length < rest.length ? `${named}/${HOLE}` : named;
}

/** Tells IPv6 and MAC addresses from times of the day, which have fewer colons. */
function isAddress(found: string): boolean {
  return /[\da-f]/i.test(found) && (found.includes('::') || found.split(':').length >= 6);
}

function baseName(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return /\.\w{1,8}$/.test(name) ? `${HOLE}/${name}` : path;
}
