import fc from 'fast-check';

/**
 * Stands for the secret while structures are made; it is put in afterwards, so that each run has
 * one of its own.
 */
const HERE = '§';

export interface PlantedRun {
  readonly message: string;
  readonly cause: string;
  readonly child: string;
  readonly thrownText: boolean;
  readonly property: unknown;
  readonly tags: Readonly<Record<string, string>>;
  readonly context: unknown;
  readonly extra: unknown;
  readonly user: Readonly<Record<string, unknown>>;
  readonly breadcrumb: string;
  readonly breadcrumbData: unknown;
  readonly body: Readonly<Record<string, unknown>>;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
}

const sensitiveName = fc.constantFrom(
  ...[
    'password',
    'userPassword',
    'PASSWD',
    'user_pwd',
    'passphrase',
    'secret',
    'clientSecret',
    'apiKey',
    'api-key',
  ],
  ...[
    'API_KEY',
    'x-api-key',
    'accessToken',
    'refresh_token',
    'csrfToken',
    'sessionId',
    'authorization',
    'auth',
  ],
  ...[
    'privateKey',
    'signature',
    'jwt',
    'otp',
    'cvv',
    'ssn',
    'credentials',
    'connectionString',
    'db.password',
  ],
);
const textName = fc.constantFrom('password', 'api_key', 'token', 'clientSecret', 'X-Api-Key', 'sessionid');

const noise = fc.string({ maxLength: 20, unit: 'grapheme' }).map((text) => text.replaceAll(HERE, ''));
/** What may stand around a secret in a line of text. */
const plainNoise = fc.constantFrom(
  '',
  'could not pay',
  'Order 17:',
  'a < b &',
  '(retry 2)',
  'naïve 😀',
  '{',
  '"',
  "it's",
);

const carrier = fc.oneof(
  textName.map((name) => `${name}=${HERE}`),
  textName.map((name) => `${name}: ${HERE}`),
  textName.map((name) => `"${name}":"${HERE}"`),
  textName.map((name) => `{'${name}': '${HERE}'}`),
  textName.map((name) => `/pay?page=2&${name}=${HERE}&sort=asc`),
  textName.map((name) => `<${name}>${HERE}</${name}>`),
  textName.map((name) => `\\"${name}\\":\\"${HERE}\\"`),
  textName.map((name) => `%7B%22${name}%22%3A%22${HERE}%22%7D`),
  fc.constant(`Authorization: Bearer ${HERE}`),
  fc.constant(`postgres://shop:${HERE}@db.internal:5432/shop`),
  fc.constant(`eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${HERE}`),
  fc.constant(`-----BEGIN PRIVATE KEY-----\n${HERE}\n-----END PRIVATE KEY-----`),
  fc.constant(`mysql --password=${HERE} shop`),
  fc.constant(`Cookie: theme=dark; sid=${HERE}`),
);

const text = fc
  .tuple(plainNoise, carrier, fc.constantFrom('', ' and then', '\nsecond line', ' ', ', page=2'))
  .map(([before, planted, after]) => `${before === '' ? '' : `${before} `}${planted}${after}`);

const benign = fc.oneof(noise, fc.integer(), fc.boolean(), fc.constant(null), fc.double());

/** Whatever stands under a sensitive name, all of it is nobody's business. */
const secretValue = fc.oneof(
  fc.constant(HERE),
  fc.constant([HERE, 1]),
  fc.constant({ value: HERE, deep: { list: [HERE] } }),
  fc.constant(JSON.stringify({ a: HERE })),
);

const namedSecret = fc.tuple(sensitiveName, secretValue).map(([name, value]) => ({ [name]: value }));

/** JSON-like structures of any shape with secrets at places where masking has to find them. */
const structure: fc.Arbitrary<unknown> = fc.letrec<{ node: unknown; record: Record<string, unknown> }>(
  (tie) => ({
    node: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      benign,
      text,
      namedSecret,
      tie('record'),
      fc.array(tie('node'), { maxLength: 4 }),
      tie('node').map((value) => JSON.stringify(value) ?? 'null'),
      tie('record').map((value) => new URLSearchParams(textsOf(value)).toString()),
      fc.tuple(sensitiveName, fc.constant(HERE)).map(([name, value]) => ({ name, value })),
      fc.tuple(sensitiveName, fc.constant(HERE)).map((pair) => [pair, ['accept', '*/*']]),
      sensitiveName.map((name) => ({ rawHeaders: ['Host', 'shop.example', name, HERE] })),
    ),
    record: fc
      .tuple(fc.dictionary(fc.string({ maxLength: 12 }), tie('node'), { maxKeys: 4 }), namedSecret)
      .map(([others, secret]) => ({ ...others, ...secret })),
  }),
).node;

const record = fc
  .tuple(fc.dictionary(fc.string({ maxLength: 12 }), structure, { maxKeys: 4 }), namedSecret)
  .map(([others, secret]): Record<string, unknown> => ({ ...others, ...secret }));

class Account {
  constructor(readonly fields: Record<string, unknown>) {
    Object.assign(this, fields);
  }
}

/** What JSON does not know. */
const exotic: fc.Arbitrary<unknown> = fc.oneof(
  structure,
  record.map((fields) => new Map(Object.entries(fields))),
  structure.map((value) => new Set([value, 1])),
  record.map((fields) => new Account(fields)),
  record.map((fields) => Object.assign(new Error('inner'), fields)),
  record.map((fields) => Object.assign(Object.create(null) as object, fields)),
  text.map((planted) => new Error(planted)),
);

export const plantedRun: fc.Arbitrary<PlantedRun> = fc.record({
  message: text,
  cause: text,
  child: text,
  thrownText: fc.boolean(),
  property: exotic,
  tags: fc.tuple(sensitiveName, text).map(([name, planted]) => ({ [name]: HERE, note: planted })),
  context: exotic,
  extra: exotic,
  user: record,
  breadcrumb: text,
  breadcrumbData: exotic,
  body: record,
  query: fc
    .tuple(sensitiveName, text)
    .map(([name, planted]) => new URLSearchParams({ [name]: HERE, note: planted }).toString()),
  headers: fc
    .tuple(fc.constantFrom('x-api-key', 'authorization', 'x-session-token'), carrier)
    .map(([name, planted]) => ({
      [name]: HERE,
      'x-note': planted.replace(/[^\x20-\x7e§]/g, ' '),
      cookie: `theme=dark; sid=${HERE}`,
    })),
});

function textsOf(fields: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : (JSON.stringify(value) ?? ''),
    ]),
  );
}

/** The same value with the run's own secret in all the places. */
export function planted<T>(value: T, secret: string): T {
  return replaced(value, (one) => one.replaceAll(HERE, secret).replaceAll('%C2%A7', secret)) as T;
}

function replaced(value: unknown, put: (text: string) => string): unknown {
  if (typeof value === 'string') return put(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((entry) => replaced(entry, put));
  if (value instanceof Map) {
    return new Map([...value].map(([key, entry]) => [key as unknown, replaced(entry, put)]));
  }
  if (value instanceof Set) return new Set([...value].map((entry) => replaced(entry, put)));
  const copy: object =
    value instanceof Error
      ? new Error(put(value.message))
      : (Object.create(Object.getPrototypeOf(value) as object) as object);
  for (const [key, entry] of Object.entries(value)) {
    Object.defineProperty(copy, key, {
      value: replaced(entry, put),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return copy;
}
