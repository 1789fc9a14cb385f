import { findByForm } from './secret-finder.js';

/** User and password in an address. The password may hold `@`. */
export const addressCredentials = findByForm(/:\/\//, /(:\/\/)[^\s/?#"'<>\\`]+(@)/g);

/**
 * The same with a password that was not encoded and holds `/`, `?` or `#`. `host:8080/…` is none.
 */
export const unencodedAddressCredentials = findByForm(
  /:\/\//,
  /(:\/\/)[^\s:/?#@"'<>\\`[\]]{0,64}:(?!\d{1,5}[/?#])[^\s@"'<>\\`]{1,128}(@)/g,
);

export const bearerTokens = findByForm(
  /bearer/i,
  /(\bbearer(?:\s|%20|\+){1,3})[\w.~+/=:%-]+/gi,
  (word) => !isProse(word) && !/^[a-z_]{1,20}=/i.test(word),
);

export const basicCredentials = findByForm(
  /basic/i,
  /(\bbasic(?:\s|%20|\+){1,3})[\w+/-]{3,}={0,2}/gi,
  isBasicCredential,
);

/** Words that follow `bearer` and `basic` in sentences. */
const PROSE =
  /^(?:tokens?|auth[a-z]*|scheme|header|error|realm|format|type|is|was|not|of|and|or|in|with|for|from|undefined|null|missing|required|only|must|should|credentials?|information|data)[.:,]?$/i;

function isProse(word: string): boolean {
  return PROSE.test(word);
}

/** `Basic` credentials are `user:password` in base64. Words of prose decode to noise. */
function isBasicCredential(word: string): boolean {
  if (isProse(word)) return false;
  if (/[\d=+]|[a-z][A-Z]/.test(word)) return true;
  return (
    word.length >= 8 && /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(Buffer.from(word, 'base64').toString('latin1'))
  );
}
