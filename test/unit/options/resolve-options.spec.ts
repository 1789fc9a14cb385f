import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ErrorTrackerConfigurationError } from '../../../lib/errors/configuration.error.js';
import { KNOWN_PATHS } from '../../../lib/options/error-tracker-options.js';
import { resolveOptions } from '../../../lib/options/resolve-options.js';

function messageFor(options: unknown): string {
  try {
    resolveOptions(options);
  } catch (error) {
    expect(error).toBeInstanceOf(ErrorTrackerConfigurationError);
    return (error as Error).message;
  }
  throw new Error(`not refused: ${JSON.stringify(options)}`);
}

const mail = { from: 'errors@shop.example', admins: ['ann@shop.example'] };

describe('defaults', () => {
  it('fills in everything', () => {
    const {
      enabled,
      database,
      capture,
      masking,
      limits,
      delivery,
      mail: none,
      admin,
      beforeCapture,
    } = resolveOptions(undefined);
    expect({ enabled, database, masking, limits, delivery, none, beforeCapture }).toEqual({
      enabled: true,
      database: undefined,
      masking: { keys: [], allow: [], patterns: [], replacement: '[masked]' },
      limits: {
        maxBreadcrumbs: 25,
        stringLength: 4096,
        depth: 8,
        entries: 100,
        nodes: 2000,
        eventBytes: 32768,
        pendingBytes: 8388608,
        newIssuesPerMinute: 100,
        pendingIssues: 1000,
      },
      delivery: {
        flushIntervalMs: 1000,
        retryMaxMs: 15000,
        shutdownTimeoutMs: 3000,
        notifyTimeoutMs: 10000,
        journalFolder: realpathSync(process.cwd()),
      },
      none: undefined,
      beforeCapture: [],
    });
    expect(capture).toMatchObject({
      ignore: [],
      rules: [],
      sampleRate: 1,
      jobAttempts: 'all',
      uncaughtException: true,
      unhandledRejection: true,
      sourceLines: true,
      logger: { level: 'error', breadcrumbs: 'debug', contexts: undefined, ignoreContexts: [] },
      errorIdHeader: false,
    });
    expect(admin).toMatchObject({ path: 'errors', baseUrl: undefined, pageSize: 25 });
  });

  it('counts statuses from 500 on', () => {
    const { httpStatus } = resolveOptions({}).capture as { httpStatus: (status: number) => boolean };
    expect([499, 500, 503].map(httpStatus)).toEqual([false, true, true]);
  });

  it.each([
    [{ type: 'better-sqlite3', database: '/var/lib/shop/errors.sqlite' }, '/var/lib/shop'],
    [{ type: 'better-sqlite3', database: ':memory:' }, undefined],
    [{ type: 'postgres', url: 'postgres://h/errors' }, tmpdir()],
  ])('keeps the journal where the database is, if it lasts: %p', (database, folder) => {
    expect(resolveOptions({ database }).delivery.journalFolder).toBe(folder);
  });

  it('takes undefined for not given', () => {
    expect(resolveOptions({ release: undefined, limits: { depth: undefined } }).limits.depth).toBe(8);
  });

  it('takes a field of a class instance', () => {
    class Config {
      get environment(): string {
        return 'staging';
      }
    }
    expect(resolveOptions(new Config()).environment).toBe('staging');
  });
});

describe('surroundings', () => {
  const before = { ...process.env };
  let root: string;

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'options-')));
    for (const name of Object.keys(process.env)) {
      if (/^npm_package_version$|SHA|COMMIT|REVISION|SOURCE_?VERSION/.test(name)) delete process.env[name];
    }
    delete process.env['NODE_ENV'];
  });

  afterEach(() => {
    process.env = { ...before };
    rmSync(root, { recursive: true });
  });

  it('names the environment after NODE_ENV, else production', () => {
    expect(resolveOptions({}).environment).toBe('production');
    process.env['NODE_ENV'] = 'staging \n';
    expect(resolveOptions({}).environment).toBe('staging');
    expect(resolveOptions({ environment: 'eu' }).environment).toBe('eu');
  });

  it('takes name and version from the package of the application', () => {
    writeFileSync(join(root, 'package.json'), '{"name":"shop","version":"1.2.3"}');
    const { release, admin } = resolveOptions({ projectRoot: root });
    expect({ release, title: admin.title }).toEqual({ release: '1.2.3', title: 'shop' });
    process.env['npm_package_version'] = '4.5.6';
    expect(resolveOptions({ projectRoot: root }).release).toBe('4.5.6');
    expect(resolveOptions({ projectRoot: root, release: '7' }).release).toBe('7');
  });

  it.each(['', '{', 'null', '[]', '{"name":5,"version":{}}', '{"name":"\\n"}'])(
    'does without a package that reads %j',
    (text) => {
      writeFileSync(join(root, 'package.json'), text);
      const { release, admin } = resolveOptions({ projectRoot: root });
      expect({ release, title: admin.title }).toEqual({ release: undefined, title: 'application' });
    },
  );

  it('names the commit that the platform names where nothing else names a release', () => {
    process.env['GITHUB_SHA'] = '0a1b2c3';
    expect(resolveOptions({ projectRoot: root }).release).toBe('0a1b2c3');
    writeFileSync(join(root, 'package.json'), JSON.stringify({ version: '1.2.3' }));
    expect(resolveOptions({ projectRoot: root }).release).toBe('1.2.3');
  });

  it('makes one short line of the name of a package', () => {
    writeFileSync(join(root, 'package.json'), JSON.stringify({ name: `a\r\nBcc: ${'x'.repeat(500)}` }));
    expect(resolveOptions({ projectRoot: root }).admin.title).toMatch(/^a Bcc: x{93}$/);
  });

  it('resolves links in the project root', () => {
    mkdirSync(join(root, 'real'));
    symlinkSync(join(root, 'real'), join(root, 'link'));
    expect(resolveOptions({ projectRoot: join(root, 'link') }).projectRoot).toBe(join(root, 'real'));
  });

  it('refuses a project root that is relative, missing or a file', () => {
    writeFileSync(join(root, 'file'), '');
    expect(messageFor({ projectRoot: 'src' })).toContain('must be an absolute path, got "src" (string)');
    expect(messageFor({ projectRoot: join(root, 'none') })).toContain('must be an existing directory');
    expect(messageFor({ projectRoot: join(root, 'file') })).toContain('must be an existing directory');
  });

  it('puts title and environment in front of subjects', () => {
    const { mail: resolved } = resolveOptions({ mail, environment: 'eu', admin: { title: 'Shop' } });
    expect(resolved?.subjectPrefix).toBe('[Shop eu]');
    expect(resolveOptions({ mail: { ...mail, subjectPrefix: '' } }).mail?.subjectPrefix).toBe('');
  });
});

describe('mistakes', () => {
  it.each<[unknown, string]>([
    [null, 'Option "options" must be an object, got null.'],
    ['x', 'Option "options" must be an object, got "x" (string).'],
    [[], 'Option "options" must be an object, got a list of 0.'],
    [{ limits: 5 }, 'Option "limits" must be an object, got 5 (number).'],
    [{ limits: null }, 'Option "limits" must be an object, got null.'],
    [{ release: null }, 'Option "release" must be one line of 1 to 200 characters, got null.'],
    [{ enabled: 'yes' }, 'Option "enabled" must be true or false, got "yes" (string).'],
    [{ environment: ' ' }, 'Option "environment" must be one line of 1 to 64 characters, got " " (string).'],
    [{ environment: 'a\r\nb' }, 'Option "environment" must be one line'],
    [{ release: 'x'.repeat(201) }, 'got a string of 201 characters.'],
    [{ beforeCapture: {} }, 'Option "beforeCapture" must be a function, got an object.'],
    [{ maxBreadcrumb: 1 }, 'Unknown option "maxBreadcrumb". Did you mean "limits.maxBreadcrumbs"?'],
    [
      { limits: { maxBreadcrumb: 1 } },
      'Unknown option "limits.maxBreadcrumb". Did you mean "limits.maxBreadcrumbs"?',
    ],
    [{ Environment: 'x' }, 'Did you mean "environment"?'],
    [{ 'limits.depth': 5 }, 'Unknown option "limits.depth".'],
    [{ masks: {} }, 'Unknown option "masks".'],
    [{ capture: { ignored: [] } }, 'Did you mean "capture.ignore"?'],
    [{ xyzzy: 1 }, 'Unknown option "xyzzy". Known are: enabled, environment,'],
    [{ admin: { xyzzy: 1 } }, 'Known are: admin.path, admin.baseUrl, admin.pageSize, admin.title.'],
    [{ permission: class {} }, 'forRootAsync({ permission: …'],
    [{ imports: [] }, 'forRootAsync({ imports: …'],
    [
      { limits: { maxBreadcrumbs: 1000 } },
      'Option "limits.maxBreadcrumbs" must be an integer from 0 to 100, got 1000 (number).',
    ],
    [{ limits: { depth: 1.5 } }, 'got 1.5 (number)'],
    [{ limits: { nodes: NaN } }, 'got NaN (number)'],
    [{ limits: { entries: '5' } }, 'got "5" (string)'],
    [
      { limits: { stringLength: 8192, eventBytes: 4096 } },
      '"limits.stringLength" (8192) is larger than "limits.eventBytes" (4096)',
    ],
    [
      { limits: { eventBytes: 1048576, pendingBytes: 65536 } },
      'is larger than "limits.pendingBytes" (65536)',
    ],
    [
      { delivery: { flushIntervalMs: 5000, retryMaxMs: 1000 } },
      '"delivery.retryMaxMs" (1000) is shorter than',
    ],
    [{ capture: { httpStatus: 500 } }, 'must be a list of HTTP statuses or a predicate, got 500 (number)'],
    [
      { capture: { httpStatus: [500, 700] } },
      'Option "capture.httpStatus[1]" must be an integer from 100 to 599',
    ],
    [{ capture: { ignore: [5] } }, 'Option "capture.ignore[0]"'],
    [{ capture: { ignore: [{}] } }, 'must be an exception class, the name of one, a RegExp or a predicate'],
    [{ capture: { rules: {} } }, 'Option "capture.rules" must be a list of rules, got an object.'],
    [{ capture: { rules: [Error] } }, 'Option "capture.rules[0]" must be an object, got a function.'],
    [{ capture: { rules: [{}] } }, 'Option "capture.rules[0].match" must be an exception class'],
    [{ capture: { rules: [{ match: {} }] } }, 'Option "capture.rules[0].match" must be an exception class'],
    [{ capture: { rules: [{ match: 99 }] } }, '"capture.rules[0].match" must be an integer from 100 to 599'],
    [
      { capture: { rules: [{ match: 404, actoin: 'ignore' }] } },
      'Unknown option "capture.rules[0].actoin". Did you mean "action"?',
    ],
    [
      { capture: { rules: [{ match: 404, action: 'drop' }] } },
      'Option "capture.rules[0].action" must be one of "capture", "ignore", got "drop" (string).',
    ],
    [{ capture: { rules: [{ match: 404, severity: 'bad' }] } }, 'must be one of "fatal", "error",'],
    [{ capture: { sampleRate: 2 } }, 'Option "capture.sampleRate" must be a number from 0 to 1, got 2'],
    [{ capture: { sampleRate: NaN } }, 'Option "capture.sampleRate" must be a number from 0 to 1'],
    [{ capture: { jobAttempts: 'first' } }, 'must be one of "all", "last", got "first" (string).'],
    [
      { capture: { logger: { level: 'warning' } } },
      '"capture.logger.level" must be one of "fatal", "error",',
    ],
    [{ capture: { logger: { contexts: 'Orders' } } }, '"capture.logger.contexts" must be a list'],
    [{ capture: { logger: { kontexts: [] } } }, 'Did you mean "contexts"?'],
    [{ capture: { uncaughtException: 1 } }, 'Option "capture.uncaughtException" must be true or false'],
    [{ capture: { request: { headers: 'host' } } }, 'Option "capture.request.headers" must be true or false'],
    [{ capture: { request: { headers: ['a b'] } } }, 'Option "capture.request.headers[0]" must be the name'],
    [{ capture: { request: { cookie: false } } }, 'Did you mean "cookies"?'],
    [{ capture: { breadcrumbs: { http: true } } }, 'Unknown option "capture.breadcrumbs.http"'],
    [{ capture: { breadcrumbs: { before: 1 } } }, '"capture.breadcrumbs.before" must be a function'],
    [{ capture: { userExtractor: 'id' } }, 'Option "capture.userExtractor" must be a function'],
    [{ environments: 'production' }, 'Option "environments" must be a list of environment names'],
    [{ beforeCapture: [{}] }, 'Option "beforeCapture[0]" must be a function, got an object.'],
    [{ delivery: { journalFolder: 'tmp' } }, 'Option "delivery.journalFolder" must be an absolute path'],
    [
      { capture: { errorIdHeader: 'X Error' } },
      'Option "capture.errorIdHeader" must be the name of a header',
    ],
    [
      { capture: { errorIdHeader: 'X-A\r\nB' } },
      'Option "capture.errorIdHeader" must be the name of a header',
    ],
    [{ capture: { errorIdHeader: true } }, 'Option "capture.errorIdHeader" must be the name of a header'],
    [
      { masking: { keys: 'card' } },
      'Option "masking.keys" must be a list of key names, got "card" (string). Put it in square brackets',
    ],
    [{ masking: { keys: ['_'] } }, 'Option "masking.keys[0]"'],
    [{ masking: { patterns: ['x'] } }, 'Option "masking.patterns[0]" must be a RegExp'],
    [{ masking: { patterns: [/x*/g] } }, 'does not match the empty text'],
    [{ masking: { keys: ['Card-No'], allow: ['cardNo'] } }, 'both name "Card-No"'],
    [{ masking: { replacement: '' } }, 'Option "masking.replacement"'],
    [{ mail: {} }, 'Option "mail.from" is missing.'],
    [{ mail: { from: mail.from } }, 'Option "mail.admins" is missing.'],
    [{ mail: { ...mail, admins: mail.from } }, 'Option "mail.admins" must be a list of mail addresses'],
    [{ mail: { ...mail, admins: ['ann'] } }, 'Option "mail.admins[0]" must be one mail address'],
    [{ mail: { ...mail, from: 'a@b.example, c@d.example' } }, 'Option "mail.from" must be one mail address'],
    [
      { mail: { ...mail, from: 'a@b.example\r\nBcc: c@d.example' } },
      'Option "mail.from" must be one mail address',
    ],
    [{ mail: { ...mail, from: 'Shop\u2028x <a@b.example>' } }, 'Option "mail.from" must be one mail address'],
    [{ mail: { ...mail, from: 'Shop\n <a@b.example>' } }, 'Option "mail.from" must be one mail address'],
    [{ mail: { ...mail, from: 'Shop, errors <a@b.example>' } }, 'needs the quotes'],
    [
      { mail: { ...mail, from: `${'a'.repeat(65)}@b.example` } },
      'Option "mail.from" must be one mail address',
    ],
    [{ mail: { ...mail, subjectPrefix: 'a\nb' } }, 'Option "mail.subjectPrefix" must be one line'],
    [
      { mail: { ...mail, transport: 5 } },
      'Option "mail.transport" must be nodemailer options or an smtp:// address, got a number.',
    ],
    [{ mail: { ...mail, transport: 'http://x' } }, 'Option "mail.transport"'],
    [{ database: 'postgres://x' }, 'Option "database" must be TypeORM options, got a string.'],
    [
      { database: {} },
      'Option "database.type" must be one of "better-sqlite3", "postgres", "mysql", "mariadb", got undefined.',
    ],
    [{ database: { type: 'sqlite' } }, 'got "sqlite". For SQLite write type: "better-sqlite3"'],
    [{ database: { type: 'cockroachdb' } }, 'got "cockroachdb". The tracker needs one of these'],
    [
      { database: { type: 'better-sqlite3' } },
      'Option "database.database" must be the path of the SQLite file',
    ],
    [{ admin: { path: '' } }, 'Option "admin.path"'],
    [{ admin: { path: '/' } }, 'Option "admin.path"'],
    [{ admin: { path: 'a/../b' } }, 'Option "admin.path"'],
    [{ admin: { path: 'a//b' } }, 'Option "admin.path"'],
    [{ admin: { path: ':id' } }, 'Option "admin.path"'],
    [{ admin: { path: 'a*' } }, 'Option "admin.path"'],
    [{ admin: { path: 'https://x' } }, 'Option "admin.path"'],
    [{ admin: { path: 'a?b' } }, 'Option "admin.path"'],
    [{ admin: { baseUrl: 'shop.example' } }, 'Option "admin.baseUrl" must be an http(s) address'],
    [{ admin: { baseUrl: 'javascript:alert(1)' } }, 'Option "admin.baseUrl" must be an http(s) address'],
    [{ admin: { baseUrl: 'https://x/?a=1' } }, 'Option "admin.baseUrl" must be an http(s) address'],
    [{ admin: { pageSize: 0 } }, 'Option "admin.pageSize" must be an integer from 1 to 200'],
  ])('refuses %j', (options, message) => {
    expect(messageFor(options)).toContain(message);
  });

  it.each(['entities', 'migrations', 'synchronize', 'dropSchema', 'name', 'migrationsRun', 'entityPrefix'])(
    'refuses a database with %s',
    (key) => {
      const value = key === 'entities' || key === 'migrations' ? [class {}] : key === 'synchronize' || true;
      expect(messageFor({ database: { type: 'postgres', [key]: value } })).toContain(`must not set "${key}"`);
    },
  );

  it('never tells a secret', () => {
    const secret = 'hunter2';
    for (const options of [
      { database: `postgres://u:${secret}@h/d` },
      { database: { type: 'postgres', password: secret, synchronize: true } },
      { database: { type: `postgres://u:${secret}@h/d` } },
      { database: { type: 'better-sqlite3', database: { password: secret } } },
      { mail: { ...mail, transport: `http://u:${secret}@h` } },
      { mail: { ...mail, transport: [secret] } },
      { mail: { ...mail, from: `smtp://u:${secret}@h` } },
      { admin: { baseUrl: `https://u:${secret}@h/errors` } },
      { admin: { baseUrl: `https://h/errors?token=${secret}` } },
    ]) {
      expect(messageFor(options)).not.toContain(secret);
    }
  });
});

describe('what is accepted', () => {
  it.each<[string, string]>([
    ['errors', 'errors'],
    ['/errors/', 'errors'],
    ['internal/error-tracker', 'internal/error-tracker'],
  ])('mounts at %s', (path, expected) => {
    expect(resolveOptions({ admin: { path } }).admin.path).toBe(expected);
  });

  it.each<[string, string]>([
    ['https://shop.example/errors/', 'https://shop.example/errors'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['https://shop.example/', 'https://shop.example'],
  ])('links to %s', (baseUrl, expected) => {
    expect(resolveOptions({ admin: { baseUrl } }).admin.baseUrl).toBe(expected);
  });

  it.each([
    'a@b.example',
    'Shop errors <a@b.example>',
    '"Shop, errors" <a@b.example>',
    'Žofie <a@b.example>',
    'root@localhost',
  ])('sends from %s', (from) => {
    expect(resolveOptions({ mail: { ...mail, from } }).mail?.from).toBe(from);
  });

  it('switches mail off with no admins, and names none twice', () => {
    expect(resolveOptions({ mail: { ...mail, admins: [] } }).mail?.admins).toEqual([]);
    const admins = ['ann@shop.example', 'Ann@Shop.example', 'bob@shop.example'];
    expect(resolveOptions({ mail: { ...mail, admins } }).mail?.admins).toHaveLength(2);
  });

  it('keeps classes, patterns, functions, connection and transport as they are', () => {
    const database = { type: 'postgres', url: 'postgres://h', entities: [], synchronize: false };
    const transport = { host: 'h', auth: { user: 'u', pass: 'p' } };
    const rules = [Error, 'NotFound', /x/, (): boolean => true];
    const patterns = [/EMP-\d+/];
    const beforeCapture = (): false => false;
    const resolved = resolveOptions({
      database,
      mail: { ...mail, transport },
      capture: { ignore: rules },
      masking: { patterns },
      beforeCapture,
    });
    expect(resolved.database).toBe(database);
    expect(resolved.mail?.transport).toBe(transport);
    expect(resolved.beforeCapture).toEqual([beforeCapture]);
    resolved.capture.ignore.forEach((rule, index) => expect(rule).toBe(rules[index]));
    for (const kept of [database, transport, transport.auth, patterns[0], beforeCapture, rules]) {
      expect(Object.isFrozen(kept)).toBe(false);
    }
  });

  it('freezes the result and copies lists', () => {
    const admins = ['ann@shop.example'];
    const options = { mail: { ...mail, admins }, masking: { keys: ['a'] }, capture: { httpStatus: [404] } };
    const snapshot = structuredClone(options);
    const resolved = resolveOptions(options);
    admins.push('eve@shop.example');
    expect(resolved.mail?.admins).toEqual(['ann@shop.example']);
    expect({ ...options, mail: { ...mail } }).toEqual({ ...snapshot, mail: { ...mail } });
    const check = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      expect(Object.isFrozen(value)).toBe(true);
      Object.values(value).forEach(check);
    };
    check(resolved);
  });

  it('knows every option by its path', () => {
    expect(KNOWN_PATHS).toEqual(
      expect.arrayContaining(['environment', 'limits', 'limits.depth', 'mail.admins']),
    );
    expect(new Set(KNOWN_PATHS).size).toBe(KNOWN_PATHS.length);
  });
});
