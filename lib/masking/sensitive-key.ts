/**
 * Which names announce a secret. The union of what Django, Rails (less `email`) and Sentry hide, and what was
 * missing there. Partial, and blind to case and separators: `user_Password`, `api-key` and `apiKey` are one.
 */
const ANYWHERE = [
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
];

/** Too short to be looked for inside words: `footprint`, `businessname`, `inside`, `shipping`. */
const WHOLE_WORD =
  /\b(?:\w*otp|otp\w*|\w*ssn|ssn\w*|\w*cvv2?|cvv\w*|\w*cvc2?|cvc\w*|mfa\w*|\w*2fa|2fa\w*|sso\w*|sid|sig|hmac|dsn|pin|csc|cvn|cert)\b|\bapi$/;

/** Words that merely contain one of the above, and names of things that are no secret. */
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

/** Longest name that is judged as a whole; of longer ones both ends are. */
const LONGEST = 256;

/** Most names whose judgement is remembered. */
const MAX_REMEMBERED = 2000;

/** Judges names of properties, headers, parameters and variables. */
export class SensitiveKeys {
  private readonly own: RegExp | undefined;
  private readonly anywhere = new RegExp(ANYWHERE.join('|'));
  private readonly allowed: ReadonlySet<string>;
  private readonly remembered = new Map<string, boolean>();

  /**
   * @param keys further parts of names that are sensitive
   * @param allow names that are not, whatever the rules say
   */
  constructor(keys: readonly string[], allow: readonly string[]) {
    this.allowed = new Set(allow.map((name) => wordsOf(name).replaceAll(' ', '')));
    const own = keys.map((key) => wordsOf(key).replaceAll(' ', '')).filter((key) => key !== '');
    if (own.length > 0) this.own = new RegExp(own.map(escaped).join('|'), 'u');
  }

  has(name: string): boolean {
    const known = this.remembered.get(name);
    if (known !== undefined) return known;
    const judgement = this.judge(name);
    if (this.remembered.size >= MAX_REMEMBERED) this.remembered.clear();
    // A name found in a text is a slice, and would keep all of that text alive.
    this.remembered.set(Buffer.from(name.slice(0, LONGEST)).toString(), judgement);
    return judgement;
  }

  private judge(name: string): boolean {
    const words = wordsOf(name.length <= LONGEST ? name : name.slice(0, 128) + name.slice(-128));
    const joined = words.replaceAll(' ', '');
    if (joined === '' || this.allowed.has(joined)) return false;
    if (this.own?.test(joined)) return true;
    if (!this.anywhere.test(joined) && !WHOLE_WORD.test(words)) return false;
    if (HARMLESS_END.test(words)) return false;
    const rest = words.replace(HARMLESS_WORD, '|');
    return this.anywhere.test(rest.replaceAll(' ', '')) || WHOLE_WORD.test(rest);
  }
}

/** `userAPI_Key` and `user%5Bapi-key%5D` are `user api key`. */
function wordsOf(name: string): string {
  return plain(name)
    .replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' ')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Without URL encoding and without look-alikes such as full-width letters. */
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
