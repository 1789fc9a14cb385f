/** A secret that shows by its form, whatever the name before it. */
export interface SecretPattern {
  /** Takes linear time. Group 1, if any, stands before the secret and group 2 behind it; both are kept. */
  readonly pattern: RegExp;
  /** Whether a match, without what is kept, is a secret indeed. */
  readonly isSecret?: (match: string) => boolean;
}

/**
 * Starts of keys as vendors issue them. A start counts only where a word starts, and what follows is one class of
 * characters: no text can make the engine try one place twice.
 */
const ISSUED = [
  '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}',
  'gh[pousr]_[A-Za-z0-9]{16,}',
  'github_pat_[A-Za-z0-9_]{16,}',
  'gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat|oas)-[\\w-]{16,}',
  'xox[a-z]-[A-Za-z0-9-]{8,}',
  'xapp-[A-Za-z0-9-]{8,}',
  '(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{8,}',
  'whsec_[A-Za-z0-9+/=]{16,}',
  'sk-(?:proj|ant|svcacct|admin)-[\\w-]{16,}',
  'sk-[A-Za-z0-9]{32,}',
  'npm_[A-Za-z0-9]{30,}',
  'pypi-[\\w-]{32,}',
  'AIza[\\w-]{30,}',
  'ya29\\.[\\w-]{16,}',
  'GOCSPX-[\\w-]{16,}',
  'SG\\.[\\w-]{16,64}\\.[\\w-]{16,}',
  'hv[sb]\\.[\\w-]{20,}',
  'do[opr]_v1_[a-f0-9]{32,}',
  'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}',
  'sq0[a-z]{3}-[\\w-]{20,}',
].join('|');

export const SECRET_PATTERNS: readonly SecretPattern[] = [
  {
    // Without its end line, as after a cut, everything that follows is the key.
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^-]*(?:-(?!----END)[^-]*)*(?:-----END[A-Z0-9 ]{0,60}-{0,5}|$)/g,
  },
  // User and password in an address; the password may hold `@`.
  { pattern: /(:\/\/)[^\s/?#"'<>\\`]+(@)/g },
  // The same with a password that was not encoded and holds `/`, `?` or `#`; `host:8080/…` is none.
  { pattern: /(:\/\/)[^\s:/?#@"'<>\\`[\]]{0,64}:(?!\d{1,5}[/?#])[^\s@"'<>\\`]{1,128}(@)/g },
  // JSON Web Tokens. Where the first part hides in a longer word, the second, which is the content, starts like it.
  { pattern: /(?<![\w-])eyJ[\w-]{5,}(?:\.[\w-]*){1,4}/g },
  { pattern: new RegExp(`(?<![A-Za-z0-9])(?:${ISSUED})`, 'g') },
  { pattern: /(hooks\.slack\.com\/(?:services|workflows|triggers)\/)[\w/+-]+/g },
  {
    pattern: /(\bbearer(?:\s|%20|\+){1,3})[\w.~+/=:%-]+/gi,
    isSecret: (word) => !isProse(word) && !/^[a-z_]{1,20}=/i.test(word),
  },
  { pattern: /(\bbasic(?:\s|%20|\+){1,3})[\w+/-]{3,}={0,2}/gi, isSecret: isBasicCredential },
];

/** One cheap look that most texts do not pass; lets through whatever a pattern above could match. */
export const MAY_HOLD_SECRET =
  /-----BEGIN |:\/\/|eyJ|bearer|basic|hooks\.slack|A[KSBC][IC]A|gh[pousr]_|github_pat|gl[a-z]{2,5}-|xox|xapp|_live_|_test_|whsec|sk-|npm_|pypi-|AIza|ya29|GOCSPX|SG\.|hv[sb]\.|_v1_|shp|sq0/i;

const PROSE =
  /^(?:tokens?|auth[a-z]*|scheme|header|error|realm|format|type|is|was|not|of|and|or|in|with|for|from|undefined|null|missing|required|only|must|should|credentials?|information|data)[.:,]?$/i;

function isProse(word: string): boolean {
  return PROSE.test(word);
}

/** `Basic` credentials are `user:password` in base64; words of prose decode to noise. */
function isBasicCredential(word: string): boolean {
  if (isProse(word)) return false;
  if (/[\d=+]|[a-z][A-Z]/.test(word)) return true;
  return (
    word.length >= 8 && /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(Buffer.from(word, 'base64').toString('latin1'))
  );
}
