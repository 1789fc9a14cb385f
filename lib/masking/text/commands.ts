import type { SecretFinder, Span } from './secret-finder.js';

/** A long option with its value after a space. `--password=x` is an assignment. */
const LONG_OPTION = /(?<![\w-])--([A-Za-z][\w-]{0,60})[ \t]{1,4}(?!-)([^\s"'`]+|"[^"]*"|'[^']*')/g;

const SQL_PASSWORD = /(\bidentified\s{1,4}by\s{1,4}(?:password\s{1,4})?)('(?:[^']|'')*'|"[^"]*")/gi;

/** `--password x` in a command line. */
export const commandOptions: SecretFinder = {
  mayHold: /--/,
  find(text, { isSensitive }) {
    const spans: Span[] = [];
    LONG_OPTION.lastIndex = 0;
    for (let found = LONG_OPTION.exec(text); found; found = LONG_OPTION.exec(text)) {
      const [match, name = '', value = ''] = found;
      const end = found.index + match.length;
      if (isSensitive(name)) spans.push({ start: end - value.length, end });
    }
    return spans;
  },
};

/** `IDENTIFIED BY 'x'` in a statement. */
export const sqlPasswords: SecretFinder = {
  mayHold: /identified/i,
  find(text, { replacement }) {
    const spans: Span[] = [];
    SQL_PASSWORD.lastIndex = 0;
    for (let found = SQL_PASSWORD.exec(text); found; found = SQL_PASSWORD.exec(text)) {
      const [match, before = ''] = found;
      spans.push({
        start: found.index + before.length,
        end: found.index + match.length,
        instead: `'${replacement}'`,
      });
    }
    return spans;
  },
};
