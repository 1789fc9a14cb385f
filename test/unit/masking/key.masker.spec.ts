import fc from 'fast-check';
import type { Json } from '../../../lib/event/error-event.js';
import { KeyMasker } from '../../../lib/masking/key.masker.js';
import { maskTree as maskTreeWith } from '../../../lib/masking/mask-tree.js';
import { resolveOptions } from '../../../lib/options/resolve-options.js';
import {
  CARD_TEXTS,
  HOSTILE_TEXTS,
  ISSUED_KEYS,
  PLAIN_KEYS,
  PLAIN_TEXTS,
  SECRET,
  SECRET_KEYS,
  SECRET_TEXTS,
} from '../../support/masking-secrets.js';

function maskerWith(masking: object = {}): KeyMasker {
  return new KeyMasker(resolveOptions({ masking }));
}

function maskTree(value: Json, masker = maskerWith()): Json {
  return maskTreeWith({ masker, limits: resolveOptions(undefined).limits }, [], 'data', value);
}

describe('names that announce a secret', () => {
  const masker = maskerWith();

  it.each(SECRET_KEYS)('hides the value of %s', (key) => {
    expect(masker.mask(['request', 'body'], key, SECRET)).toBe('[masked]');
  });

  it.each(SECRET_KEYS)('hides a whole object under %s', (key) => {
    expect(masker.mask([], key, { a: [{ b: SECRET }] })).toBe('[masked]');
  });

  it.each(PLAIN_KEYS)('shows the value of %s', (key) => {
    expect(masker.mask(['request', 'body'], key, 'plain value')).toBe('plain value');
  });

  it.each([null, true, false, ''])('shows %j, which is no secret', (value) => {
    expect(masker.mask([], 'password', value)).toBe(value);
  });

  it.each([0, 1234])('hides the number %d', (value) => {
    expect(masker.mask([], 'pin', value)).toBe('[masked]');
  });

  it('judges a very long name by both of its ends', () => {
    expect(masker.mask([], `password${'x'.repeat(5000)}`, SECRET)).toBe('[masked]');
    expect(masker.mask([], `${'x'.repeat(5000)}_password`, SECRET)).toBe('[masked]');
  });

  it('judges every name the same after very many others', () => {
    for (let index = 0; index < 5000; index++) masker.mask([], `field${index}`, 'x');
    expect(masker.mask([], 'password', SECRET)).toBe('[masked]');
    expect(masker.mask([], 'field1', 'x')).toBe('x');
  });
});

describe('options', () => {
  it('adds parts of names, blind to case and separators', () => {
    const masker = maskerWith({ keys: ['tax_number'] });
    for (const key of ['taxNumber', 'user-tax-number', 'TAXNUMBER', 'tax number']) {
      expect(masker.mask([], key, SECRET)).toBe('[masked]');
    }
    expect(masker.mask([], '', `taxNumber=${SECRET}`)).toBe('taxNumber=[masked]');
  });

  it('hides an added name that is harmless by default', () => {
    expect(maskerWith({ keys: ['author'] }).mask([], 'author', 'Jane')).toBe('[masked]');
  });

  it('takes added names literally', () => {
    const masker = maskerWith({ keys: ['a.c'] });
    expect(masker.mask([], 'abc', 'x')).toBe('x');
    expect(masker.mask([], 'a.c', 'x')).toBe('[masked]');
  });

  it('shows allowed names and no others', () => {
    const masker = maskerWith({ allow: ['public_key'] });
    expect(masker.mask([], 'publicKey', 'abc')).toBe('abc');
    expect(masker.mask([], '', 'publicKey=abc')).toBe('publicKey=abc');
    expect(masker.mask([], 'publicKeySecret', 'abc')).toBe('[masked]');
  });

  it('still hides secrets that show by their form under an allowed name', () => {
    expect(maskerWith({ allow: ['key'] }).mask([], 'key', 'Bearer abc123')).toBe('Bearer [masked]');
  });

  it('hides what the own patterns match, without changing them', () => {
    const pattern = /EMP-\d{6}/g;
    const masker = maskerWith({ patterns: [pattern] });
    expect(masker.mask([], '', 'EMP-123456 and EMP-654321')).toBe('[masked] and [masked]');
    expect(pattern.lastIndex).toBe(0);
  });

  it('does not mask a replacement that an own pattern matches', () => {
    const masker = maskerWith({ patterns: [/mask\w*/] });
    expect(masker.mask([], '', '[masked]')).toBe('[masked]');
  });

  it.each(['***', '$& $1', 'hidden by us', 'x=y', '<hidden>', '{gone}'])(
    'replaces by %j to the letter',
    (replacement) => {
      const masker = maskerWith({ replacement });
      expect(masker.mask([], 'password', SECRET)).toBe(replacement);
      const masked = masker.mask([], '', `token=${SECRET}&a=1`);
      expect(masked).toBe(`token=${replacement}&a=1`);
      expect(masker.mask([], '', masked)).toBe(masked);
    },
  );
});

describe('secrets in text', () => {
  const masker = maskerWith();

  it.each(SECRET_TEXTS)('hides %s', (_name, text) => {
    expect(text.toLowerCase()).toContain('hunter2');
    const masked = String(masker.mask([], '', text));
    expect(masked).toContain('[masked]');
    expect(masked.toLowerCase()).not.toContain('hunter2');
  });

  it.each(SECRET_TEXTS)('masks %s only once', (_name, text) => {
    const masked = masker.mask([], '', text);
    expect(masker.mask([], '', masked)).toBe(masked);
  });

  it.each(SECRET_TEXTS)('hides %s in the middle of other text', (_name, text) => {
    const masked = String(masker.mask([], '', `Failed at 12:30:\n${text}\nthe end`));
    expect(masked.toLowerCase()).not.toContain('hunter2');
  });

  it.each(CARD_TEXTS)('hides %s', (_name, text) => {
    expect(String(masker.mask([], '', text))).not.toMatch(/1111/);
  });

  it.each(ISSUED_KEYS)('hides the key %s by its start', (key) => {
    expect(masker.mask([], '', `denied for ${key}, try again`)).toBe('denied for [masked], try again');
  });

  it('hides credentials of basic authentication', () => {
    const credentials = Buffer.from('joe:hunter2').toString('base64');
    expect(masker.mask([], '', `used Basic ${credentials} for it`)).toBe('used Basic [masked] for it');
  });

  it('hides a card number that is a number', () => {
    expect(masker.mask([], 'value', 4111111111111111)).toBe('[masked]');
    expect(masker.mask([], 'at', 1732147101000)).toBe(1732147101000);
  });

  it('keeps what stands around a secret', () => {
    expect(masker.mask([], '', 'GET /a?b=1&token=abc&c=2 failed')).toBe(
      'GET /a?b=1&token=[masked]&c=2 failed',
    );
    expect(masker.mask([], '', '{"a":1,"password":"x","b":[2]}')).toBe(
      '{"a":1,"password":"[masked]","b":[2]}',
    );
    expect(masker.mask([], '', 'postgres://u:p@db:5432/shop')).toBe('postgres://[masked]@db:5432/shop');
    expect(masker.mask([], '', '<u><token>x</token><n>1</n></u>')).toBe(
      '<u><token>[masked]</token><n>1</n></u>',
    );
  });

  it.each(PLAIN_TEXTS)('leaves %j readable', (text) => {
    expect(masker.mask([], '', text)).toBe(text);
  });

  it('hides literals in source lines and leaves code readable', () => {
    const path = ['exceptions', '0', 'frames', '0', 'context'];
    const code = 'const token = await this.tokens.next(); // the next one';
    expect(masker.mask(path, '', code)).toBe(code);
    expect(masker.mask(path, '', `const apiKey = '${SECRET}';`)).toBe(`const apiKey = '[masked]';`);
    expect(masker.mask(path, '', `const url = 'db?password=${SECRET}&ssl=1';`)).toBe(
      `const url = 'db?password=[masked]&ssl=1';`,
    );
    for (const readable of ['const apiKey=next(); // "why"', 'return `password=${this.name}`;']) {
      expect(masker.mask(path, '', readable)).toBe(readable);
    }
  });

  it.each([
    [`const secret = process.env.JWT_SECRET || '${SECRET}'`],
    [`const secret = process.env.JWT_SECRET ?? "${SECRET}";`],
    [`  private readonly apiKey: string = '${SECRET}';`],
    [`const password: string | undefined = '${SECRET}';`],
    [`if (token !== '${SECRET}') throw new Error('not yours');`],
    [`headers.set('authorization', '${SECRET}')`],
    [`// password: ${SECRET}`],
    [` * password: ${SECRET}`],
    [`connect(); // with password=${SECRET}`],
  ])('hides the secret in the source line %j', (line) => {
    const masked = masker.mask(['exceptions', '0', 'frames', '0', 'context'], '', line);
    expect(masked).not.toContain(SECRET);
  });

  it.each([
    ["import { Token } from './tokens/token.service.js';"],
    ["throw new UnauthorizedException('This token is not yours');"],
    ['const url = `http://localhost:${port}/orders`;'],
    ['await this.authService.login(user, request);'],
  ])('leaves the source line %j as it is', (line) => {
    expect(masker.mask(['exceptions', '0', 'frames', '0', 'context'], '', line)).toBe(line);
  });

  it.each([
    [`/login?token[]=${SECRET}&page=2`, '/login?token[]=[masked]&page=2'],
    [`/login?passwords[0]=${SECRET}`, '/login?passwords[0]=[masked]'],
    [`/login?password[value]=${SECRET}&a=1`, '/login?password[value]=[masked]&a=1'],
    [
      `failed: {"name":"password","value":"${SECRET}"} at last`,
      'failed: {"name":"password","value":"[masked]"} at last',
    ],
  ])('finds the name in %j', (text, masked) => {
    expect(masker.mask([], '', text)).toBe(masked);
  });

  it('knows the findings of validators and lists of arguments', () => {
    const findings = [{ property: 'password', value: SECRET, constraints: { minLength: 'too short' } }];
    expect(maskTree({ findings })).toEqual({
      findings: [{ property: 'password', value: '[masked]', constraints: { minLength: 'too short' } }],
    });
    expect(maskTree({ errors: [{ path: 'api_key', value: SECRET }] })).toEqual({
      errors: [{ path: 'api_key', value: '[masked]' }],
    });
    expect(maskTree({ argv: ['node', '--token', SECRET, '--page', '2'] })).toEqual({
      argv: ['node', '--token', '[masked]', '--page', '2'],
    });
  });

  it.each(['4111111111111111', 'sk_live_12345678'])('shows no %s as a name', (name) => {
    expect(JSON.stringify(maskTree({ [name]: 1 }))).not.toContain(name);
  });

  it('remembers frames without secrets only', () => {
    const path = ['exceptions', '0', 'frames', '0'];
    for (let pass = 0; pass < 2; pass++) {
      expect(masker.mask(path, '', 'src/a.ts')).toBe('src/a.ts');
      expect(masker.mask(path, '', `/x?token=${SECRET}`)).toBe('/x?token=[masked]');
    }
  });

  it.each(Object.entries(HOSTILE_TEXTS))('gets through 60 kB of %s as source code', (_name, part) => {
    const text = `"${part.repeat(Math.ceil(60_000 / part.length))}`;
    const started = performance.now();
    expect(typeof masker.mask(['exceptions', '0', 'frames', '0', 'context'], '', text)).toBe('string');
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it.each(Object.entries(HOSTILE_TEXTS))('gets through 100 kB of %s', (_name, part) => {
    const text = part.repeat(Math.ceil(100_000 / part.length));
    const started = performance.now();
    expect(typeof masker.mask([], '', text)).toBe('string');
    // Far above what it takes on the slowest machine, far below what a pattern of quadratic cost
    // takes.
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('lists and pairs', () => {
  it('hides values in a list that alternates names and values', () => {
    const rawHeaders = [
      'Host',
      'x',
      'Authorization',
      SECRET,
      'X-Api-Key',
      SECRET,
      'Referer',
      `/a?token=${SECRET}`,
    ];
    expect(maskTree({ rawHeaders })).toEqual({
      rawHeaders: [
        'Host',
        'x',
        'Authorization',
        '[masked]',
        'X-Api-Key',
        '[masked]',
        'Referer',
        '/a?token=[masked]',
      ],
    });
  });

  it('hides values in entries', () => {
    const entries = [
      ['host', 'x'],
      ['cookie', SECRET],
    ];
    expect(maskTree(entries)).toEqual([
      ['host', 'x'],
      ['cookie', '[masked]'],
    ]);
  });

  it('hides the value of a named field, and secrets beside it', () => {
    expect(maskTree([{ name: 'password', value: SECRET, token: SECRET, at: 1 }])).toEqual([
      { name: 'password', value: '[masked]', token: '[masked]', at: 1 },
    ]);
  });

  it('shows the value of a harmless field, and lists of names', () => {
    const value = { form: [{ name: 'city', value: 'x' }], missing: ['password', 'email', 'token'] };
    expect(maskTree(value)).toEqual(value);
  });

  it('hides secrets in objects within lists', () => {
    expect(maskTree({ users: [{ a: [{ password: SECRET }] }] })).toEqual({
      users: [{ a: [{ password: '[masked]' }] }],
    });
  });

  it('hides secrets in names', () => {
    const name = `{"password":"${SECRET}"}`;
    expect(JSON.stringify(maskTree({ [name]: '', n: 1 }))).not.toContain(SECRET);
  });

  it('lets a subclass add to the rules', () => {
    class Mine extends KeyMasker {
      override mask(path: readonly string[], key: string, value: unknown): unknown {
        return key === 'city' ? 'somewhere' : super.mask(path, key, value);
      }
    }
    const masker = new Mine(resolveOptions(undefined));
    expect(
      maskTree(
        { city: 'x', rawHeaders: ['cookie', 'x'], list: [{ name: 'token', value: 'x', city: 'y' }] },
        masker,
      ),
    ).toEqual({
      city: 'somewhere',
      rawHeaders: ['cookie', '[masked]'],
      list: [{ name: 'token', value: '[masked]', city: 'somewhere' }],
    });
  });
});

describe('for any text', () => {
  const masker = maskerWith();
  const part = fc.constantFrom(
    ...[
      'password',
      'token',
      'key',
      'Authorization',
      'Cookie',
      'Bearer ',
      'Basic ',
      'Set-Cookie',
      'a',
      'user',
      '\n',
    ],
    ...[
      '=',
      ':',
      ': ',
      '"',
      "'",
      '`',
      '\\"',
      '\\',
      ' ',
      ',',
      ';',
      '&',
      '?',
      '<',
      '>',
      '</',
      '/',
      '(',
      ')',
      '[',
      ']',
    ],
    ...[
      '{',
      '}',
      '%3D',
      '%22',
      '://',
      '@',
      '--',
      '-----BEGIN PRIVATE KEY-----',
      'eyJabcdef.abc',
      '4111111111111111',
    ],
    ...[
      '4111',
      ' 1111',
      '-1111',
      'x1',
      '[masked]',
      'ghp_abcdefghijklmnopqrst',
      'IDENTIFIED BY ',
      "''",
      '.',
      '|',
    ],
  );
  const text = fc.array(part, { maxLength: 30 }).map((parts) => parts.join(''));

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(text, (input) => {
        const once = masker.mask([], '', input);
        expect(masker.mask([], '', once)).toBe(once);
      }),
      { numRuns: 5000 },
    );
  });

  it('hides what is quoted behind a sensitive name', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abc,;=& '), maxLength: 8 });
    fc.assert(
      fc.property(
        text.map((noise) => noise.replace(/["\\]/g, '')),
        word,
        word,
        (before, left, right) => {
          const input = `${before}\n{"password":"${left}${SECRET}${right}"}`;
          expect(String(masker.mask([], '', input))).not.toContain(SECRET);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('hides what is planted under a sensitive name at any depth', () => {
    const name = fc.constantFrom(...SECRET_KEYS);
    const { tree } = fc.letrec<{ tree: Json; secret: Json }>((tie) => ({
      secret: fc.oneof(
        fc.constant(SECRET),
        fc.array(fc.constant(SECRET), { minLength: 1, maxLength: 3 }),
        fc.record({ a: fc.constant(SECRET) }),
      ),
      tree: fc.oneof(
        { maxDepth: 6 },
        fc.constantFrom<Json>('plain', 1, null),
        fc.tuple(name, tie('secret')).map(([key, value]) => ({ [key]: value })),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('a', 'user', 'items'), tie('tree'), { maxKeys: 3 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const masked = maskTree(value, masker);
        expect(JSON.stringify(masked)).not.toContain(SECRET);
        expect(maskTree(masked, masker)).toEqual(masked);
      }),
      { numRuns: 1000 },
    );
  });
});
