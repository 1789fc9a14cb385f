/**
 * Parts of names that announce a secret: all that Django, Rails (less `email`) and Sentry hide, and
 * what they miss. Case and separators do not count: `user_Password`, `api-key` and `apiKey` are
 * found.
 */
const IN_NAME = new RegExp(
  [
    'auth',
    'token',
    'secret',
    'pass',
    'key',
    'pwd',
    'signature',
    'credential',
    'session',
    'sessid',
    'cookie',
    'bearer',
    'jwt',
    'saml',
    'csrf',
    'xsrf',
    'oidc',
    'pkce',
    'nonce',
    'identity',
    'remember',
    'crypt',
    'salt',
    'certificate',
    'mnemonic',
    'cardnumber',
    'creditcard',
    'connectionstring',
    'codeverifier',
    'securityanswer',
    'recoverycode',
    'backupcode',
    'seedphrase',
    'apihash',
  ].join('|'),
);

/**
 * Parts too short to be looked for inside of words such as `footprint`, `businessname`, `inside`,
 * `shipping`.
 */
const WHOLE_WORD =
  /\b(?:\w*otp|otp\w*|\w*ssn|ssn\w*|\w*cvv2?|cvv\w*|\w*cvc2?|cvc\w*|mfa\w*|\w*2fa|2fa\w*|sso\w*|sid|sig|hmac|dsn|pin|csc|cvn|cert)\b|\bapi$/;

/** Words that merely contain one of the above, and names of what is no secret. */
const HARMLESS_WORD = new RegExp(
  `\\b(?:${[
    'author(?:s|ed|ing|ship|ity|ities)?',
    '(?:un)?authori[sz]ed',
    '(?:un)?authenticated',
    'passengers?|passive|passages?|passed|passing|passes|passthrough|bypass(?:ed)?|compass|overpass',
    'keyboards?|keywords?|keynotes?|keyframes?|keystrokes?|keyspace|keypress|keydown|keyup|keycloak',
    'monkeys?|donkeys?|turkeys?|hockey|jockeys?|whiskeys?',
    'tokeni[sz]ers?|tokeni[sz]ed?|tokeni[sz]ing|tokeni[sz]ation',
    'secretary|secretaries|secretariat',
    'possessions?|obsessions?|basalt|espresso|crypto(?:currency|currencies)?',
    '(?:primary|foreign|partition|sort|unique|routing|grouping|dedupe|translation) ?keys?',
    '(?:max|prompt|completion|total|input|output) ?tokens',
  ].join('|')})\\b`,
  'g',
);

/** Names of facts about a secret: `TokenExpiredError`, `AuthService`, `password_length`. */
const HARMLESS_END = new RegExp(
  ` (?:${[
    'errors?|exception|warning|failures?',
    'count|length|size|type|ttl|algorithm|expiry|expired|expires|expires (?:at|in)',
    '(?:created|updated|changed|issued|started|ended|used) at',
    'service|controller|module|guard|strategy|middleware|interceptor|provider|repository|factory|handler|resolver',
  ].join('|')})$`,
);

/** Longer names are judged by both of their ends. */
const MAX_NAME_LENGTH = 256;

/** How many names are remembered. They are in a map, which is quicker than an LRU cache. */
const MAX_REMEMBERED = 2000;

/**
 * Judges names of properties, headers, parameters and variables.
 *
 * @param keys further parts of names that are sensitive
 * @param allow names that are not, whatever the rules say
 */
export function sensitiveNames(keys: readonly string[], allow: readonly string[]): (name: string) => boolean {
  const isSensitive = isSensitiveBy(keys, allow);
  const remembered = new Map<string, boolean>();
  return (name) => {
    const known = remembered.get(name);
    if (known !== undefined) return known;
    const judgement = isSensitive(name);
    if (name.length > MAX_NAME_LENGTH) return judgement;
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    // A name found in a text is a slice, and would keep all of that text in memory.
    remembered.set(Buffer.from(name).toString(), judgement);
    return judgement;
  };
}

function isSensitiveBy(keys: readonly string[], allow: readonly string[]): (name: string) => boolean {
  const allowed = new Set(allow.map(joinedWords));
  const own = keys.map(joinedWords).filter((key) => key !== '');
  const ownKeys = own.length > 0 ? new RegExp(own.map(escaped).join('|'), 'u') : undefined;
  return (name) => {
    const words = wordsOf(name.length <= MAX_NAME_LENGTH ? name : name.slice(0, 128) + name.slice(-128));
    const joined = words.replaceAll(' ', '');
    if (joined === '' || allowed.has(joined)) return false;
    if (ownKeys?.test(joined)) return true;
    if (!IN_NAME.test(joined) && !WHOLE_WORD.test(words)) return false;
    if (HARMLESS_END.test(words)) return false;
    const rest = words.replace(HARMLESS_WORD, '|');
    return IN_NAME.test(rest.replaceAll(' ', '')) || WHOLE_WORD.test(rest);
  };
}

function joinedWords(name: string): string {
  return wordsOf(name).replaceAll(' ', '');
}

/** `userAPI_Key` and `user%5Bapi-key%5D` are `user api key`. */
function wordsOf(name: string): string {
  return plain(name)
    .replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' ')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The name without URL encoding and without look-alikes such as full-width letters. */
function plain(name: string): string {
  let text = name;
  if (name.includes('%')) {
    try {
      text = decodeURIComponent(name);
    } catch {
      // Not URL encoded, then.
    }
  }
  return text.normalize('NFKC');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
