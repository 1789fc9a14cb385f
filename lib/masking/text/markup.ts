/** An element with a plain name, its attributes included. Attributes are assignments and masked as such. */
const OPENING_TAG = /<([A-Za-z_][\w:.-]{0,80})(?:\s[^<>]{0,1000})?>/g;

/** Elements without an end that are searched for it; each such search reads all the rest of the text. */
const MAX_UNCLOSED = 16;

/** A long option of a command line with its value behind a space. */
const LONG_OPTION = /(?<![\w-])--([A-Za-z][\w-]{0,60})[ \t]{1,4}(?!-)([^\s"'`]+|"[^"]*"|'[^']*')/g;

const SQL_PASSWORD = /(\bidentified\s{1,4}by\s{1,4}(?:password\s{1,4})?)('(?:[^']|'')*'|"[^"]*")/gi;

/** `"name": "password", "value": "x"`, where the text around it is no JSON. */
const NAMED_VALUE =
  /("(?:name|key|field|header|property|path|param)"\s{0,4}:\s{0,4}"([^"\\]{1,100})"\s{0,4},\s{0,4}"value"\s{0,4}:\s{0,4})("(?:[^"\\]|\\.)*"?|[^\s,}\]"]+)/g;

/** Replaces values whose name is another value. */
export function maskNamedValues(
  text: string,
  isSensitive: (name: string) => boolean,
  replacement: string,
): string {
  if (!text.includes('"value"')) return text;
  return text.replace(NAMED_VALUE, (found, head: string, name: string) =>
    isSensitive(name) ? `${head}"${replacement}"` : found,
  );
}

/** Replaces the content of sensitive elements: `<password>x</password>`. */
export function maskElements(
  text: string,
  isSensitive: (name: string) => boolean,
  replacement: string,
): string {
  if (!text.includes('<') || !text.includes('</')) return text;
  let result = '';
  let done = 0;
  let unclosed = 0;
  OPENING_TAG.lastIndex = 0;
  for (let tag = OPENING_TAG.exec(text); tag; tag = OPENING_TAG.exec(text)) {
    const name = tag[1] ?? '';
    if (tag[0].endsWith('/>') || !isSensitive(name)) continue;
    const start = tag.index + tag[0].length;
    const close = unclosed < MAX_UNCLOSED ? text.indexOf(`</${name}`, start) : -1;
    if (close === -1) unclosed++;
    const end = close === -1 ? contentEnd(text, start) : close;
    if (end === start || text.slice(start, end) === replacement) continue;
    result += text.slice(done, start) + replacement;
    done = end;
    OPENING_TAG.lastIndex = end;
  }
  return done === 0 ? text : result + text.slice(done);
}

/** Replaces what follows `--password` and `IDENTIFIED BY`. */
export function maskCommands(
  text: string,
  isSensitive: (name: string) => boolean,
  replacement: string,
): string {
  let result = text;
  if (text.includes('--')) {
    result = result.replace(LONG_OPTION, (match, name: string, value: string) =>
      isSensitive(name) ? match.slice(0, match.length - value.length) + replacement : match,
    );
  }
  return /identified/i.test(text)
    ? result.replace(SQL_PASSWORD, (_match, head: string) => `${head}'${replacement}'`)
    : result;
}

function contentEnd(text: string, start: number): number {
  const next = text.indexOf('<', start);
  return next === -1 ? text.length : next;
}
