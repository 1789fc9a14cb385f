import fc from 'fast-check';
import type { ErrorEvent, EventDraft, Json } from '../../../lib/event/error-event.js';
import type { Issue } from '../../../lib/event/issue.js';
import { jsonBytes } from '../../../lib/bounds/json-size.js';
import { KeyMasker } from '../../../lib/masking/key.masker.js';
import { maskEvent, maskSourceContext } from '../../../lib/masking/mask-event.js';
import { maskIssue, maskText } from '../../../lib/masking/mask-issue.js';
import { Masker } from '../../../lib/masking/masker.js';
import { resolveOptions } from '../../../lib/options/resolve-options.js';
import type { ResolvedLimits } from '../../../lib/options/resolved-options.js';
import { SECRET } from '../../support/masking-secrets.js';

const options = resolveOptions(undefined);
const masker = new KeyMasker(options);

function draft(changes: Partial<EventDraft> = {}): EventDraft {
  return {
    id: '018f3a1e-7b2c-7def-8a90-123456789abc',
    at: 1_732_147_101_000,
    source: 'http',
    handled: true,
    severity: 'error',
    severityReason: 'handled',
    fingerprint: { hash: 'a'.repeat(64), algorithm: 'v1', key: 'TypeError\nno total\nOrdersService.pay' },
    culprit: 'OrdersService.pay',
    exceptions: [
      {
        type: 'TypeError',
        value: 'no total',
        facts: { code: 'ERR_X', status: 500 },
        frames: [
          {
            file: 'src/orders/orders.service.ts',
            line: 12,
            column: 5,
            function: 'OrdersService.pay',
            inApp: true,
            context: { before: ['const a = 1;'], line: 'throw x;', after: ['}'] },
          },
          { file: 'node:internal/x', inApp: false },
        ],
      },
      { type: 'Error', value: 'inner', facts: {}, frames: [], relation: 'cause', parent: 0 },
    ],
    message: 'a message',
    transaction: 'POST /orders/:id',
    request: {
      method: 'POST',
      url: '/orders/7?lang=en',
      route: '/orders/:id',
      query: { lang: 'en' },
      params: { id: '7' },
      headers: { host: 'shop.example' },
      body: { items: [{ sku: 'A1', qty: 2 }], note: null },
      ip: '10.0.0.1',
    },
    user: { id: '42', roles: ['admin'] },
    tags: { tenant: 'shop' },
    contexts: { order: { id: 7 } },
    breadcrumbs: [{ at: 1, type: 'log', message: 'loaded', level: 'info', data: { ms: 3 } }],
    release: '1.2.3',
    environment: 'test',
    runtime: {
      app: 'shop',
      host: 'h',
      pid: 1,
      node: '20',
      nest: '12',
      platform: 'linux',
      uptime: 5,
      memory: 1000,
    },
    ...changes,
  };
}

function mask(changes: Partial<EventDraft> = {}, limits: Partial<ResolvedLimits> = {}): ErrorEvent {
  return maskEvent(draft(changes), masker, { ...options.limits, ...limits });
}

function without<T extends object, K extends keyof T>(value: T, keys: readonly K[]): Omit<T, K> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key as K))) as Omit<T, K>;
}

function withAnswer(answer: (path: readonly string[], key: string, value: unknown) => unknown): Masker {
  return new (class extends Masker {
    override mask = answer;
  })();
}

describe('maskEvent', () => {
  it('leaves an event without secrets as it is', () => {
    expect(mask()).toEqual(draft());
    expect(mask()).not.toHaveProperty('truncated');
  });

  it('leaves a small event without optional parts as it is', () => {
    const small = without(draft(), ['message', 'transaction', 'request', 'user', 'release']);
    expect(maskEvent(small, masker, options.limits)).toEqual(small);
  });

  it('freezes the event through and through, and not the draft', () => {
    const input = draft();
    const event = maskEvent(input, masker, options.limits);
    const check = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      expect(Object.isFrozen(value)).toBe(true);
      Object.values(value).forEach(check);
    };
    check(event);
    expect(Object.isFrozen(input)).toBe(false);
    expect(Object.isFrozen(input.runtime)).toBe(false);
    expect(input).toEqual(draft());
  });

  const leak = `password=${SECRET}`;
  it.each<[string, Partial<EventDraft>]>([
    ['the message', { message: leak }],
    ['the culprit', { culprit: leak }],
    ['the transaction', { transaction: leak }],
    ['the readable fingerprint', { fingerprint: { hash: 'a', algorithm: 'v1', key: `x\n${leak}` } }],
    ['the type of an exception', { exceptions: [{ type: leak, value: '', facts: {}, frames: [] }] }],
    ['the message of an exception', { exceptions: [{ type: 'E', value: leak, facts: {}, frames: [] }] }],
    [
      'the message of a cause',
      {
        exceptions: [
          ...draft().exceptions,
          { type: 'E', value: leak, facts: {}, frames: [], relation: 'cause', parent: 0 },
        ],
      },
    ],
    ['a fact', { exceptions: [{ type: 'E', value: '', facts: { detail: leak }, frames: [] }] }],
    ['a fact by its name', { exceptions: [{ type: 'E', value: '', facts: { token: SECRET }, frames: [] }] }],
    [
      'the file of a frame',
      { exceptions: [{ type: 'E', value: '', facts: {}, frames: [{ file: `/a?${leak}`, inApp: true }] }] },
    ],
    [
      'the function of a frame',
      {
        exceptions: [
          { type: 'E', value: '', facts: {}, frames: [{ file: 'x', function: leak, inApp: true }] },
        ],
      },
    ],
    [
      'a source line',
      {
        exceptions: [
          {
            type: 'E',
            value: '',
            facts: {},
            frames: [
              {
                file: 'x',
                inApp: true,
                context: {
                  before: [`password: '${SECRET}'`],
                  line: `key = "${SECRET}"`,
                  after: [`token='${SECRET}'`],
                },
              },
            ],
          },
        ],
      },
    ],
    ['the address', { request: { method: 'GET', url: `/a?token=${SECRET}` } }],
    ['the route', { request: { method: 'GET', url: '/', route: `/a?token=${SECRET}` } }],
    ['the query', { request: { method: 'GET', url: '/', query: { token: SECRET, list: [leak] } } }],
    ['the parameters', { request: { method: 'GET', url: '/', params: { resetToken: SECRET } } }],
    [
      'the headers',
      {
        request: {
          method: 'GET',
          url: '/',
          headers: { authorization: SECRET, referer: `/x?token=${SECRET}`, 'x-api-key': [SECRET] },
        },
      },
    ],
    ['the cookies', { request: { method: 'GET', url: '/', cookies: { theme: SECRET } } }],
    [
      'the body',
      {
        request: {
          method: 'GET',
          url: '/',
          body: { a: [{ password: SECRET }], raw: `{"password":"${SECRET}"}` },
        },
      },
    ],
    ['a body that is text', { request: { method: 'GET', url: '/', body: leak } }],
    ['the user', { user: { id: '1', sessionId: SECRET } }],
    ['a tag', { tags: { apiKey: SECRET, note: leak } }],
    ['the name of a tag', { tags: { [leak]: 'x' } }],
    ['a context', { contexts: { order: { card: { cvv: SECRET } }, text: leak } }],
    [
      'a breadcrumb',
      {
        breadcrumbs: [
          {
            at: 1,
            type: 'http',
            message: leak,
            level: 'info',
            data: { url: `/a?token=${SECRET}`, headers: [{ cookie: SECRET }] },
          },
        ],
      },
    ],
  ])('masks %s', (_name, changes) => {
    expect(JSON.stringify(draft(changes))).toContain(SECRET);
    expect(JSON.stringify(mask(changes))).not.toContain(SECRET);
  });

  it('does not touch what identifies the event and its frames', () => {
    const keys = [
      'id',
      'at',
      'line',
      'column',
      'function',
      'file',
      'source',
      'severity',
      'inApp',
      'hash',
      'type',
      'value',
    ];
    const strict = new KeyMasker(resolveOptions({ masking: { keys } }));
    const event = maskEvent(draft(), strict, options.limits);
    const data = ['exceptions', 'request', 'user', 'tags', 'contexts', 'breadcrumbs'] as const;
    expect(draft()).toMatchObject(without(event, data));
    expect(event.exceptions[0]?.frames).toEqual(draft().exceptions[0]?.frames);
  });

  it('masks what an exception carries and the variables of its frames', () => {
    const event = mask({
      exceptions: [
        {
          type: 'E',
          value: '',
          facts: {},
          properties: { apiKey: SECRET, config: { headers: [`Bearer ${SECRET}`] } },
          frames: [
            { file: 'a.ts', inApp: true, variables: { password: SECRET, note: `token=${SECRET}`, total: 5 } },
          ],
        },
      ],
    });
    expect(event.exceptions[0]).toMatchObject({
      properties: { apiKey: '[masked]', config: { headers: ['Bearer [masked]'] } },
      frames: [{ variables: { password: '[masked]', note: 'token=[masked]', total: 5 } }],
    });
  });

  it('tells the masker where each value stands', () => {
    const seen: string[] = [];
    const watching = withAnswer((path, key, value) => {
      seen.push([...path, key].join('.'));
      return value;
    });
    maskEvent(draft(), watching, options.limits);
    expect(seen).toEqual(
      expect.arrayContaining([
        'message.',
        'exceptions.0.value.',
        'exceptions.0.facts.code',
        'request.url',
        'request.headers',
        'request.headers.host',
        'request.body.items.0.sku',
        'user.roles.0',
        'tags.tenant',
        'contexts.order.id',
        'breadcrumbs.0.message.',
        'breadcrumbs.0.data.ms',
      ]),
    );
  });

  it('masks before it cuts', () => {
    const value = `${'x '.repeat(40)}eyJhbGciOi.${SECRET}${'A'.repeat(200)}.sig ${'y '.repeat(100)}`;
    const event = mask({ exceptions: [{ type: 'E', value, facts: {}, frames: [] }] }, { stringLength: 100 });
    expect(event.exceptions[0]?.value).toMatch(/^(x ){40}\[masked\].*truncated, \d+ characters\]$/);
    const body = mask({ request: { method: 'GET', url: '/', body: value } }, { stringLength: 100 }).request
      ?.body;
    expect(body).not.toContain('eyJ');
  });

  it('shows no half of a secret that the longest text shown to the masker cuts through', () => {
    // What is masked before it makes the text shorter, so that its end moves into the part that is
    // kept.
    for (let shift = 0; shift < 24; shift++) {
      const before = `password=${'p'.repeat(330 + shift)} ${'y '.repeat(20)}`;
      const event = mask({ message: `${before}AKIA${'A'.repeat(16)} the end` }, { stringLength: 100 });
      expect(event.message).toMatch(/^password=\[masked\] (y )+y?/);
      expect(event.message).not.toContain('AK');
    }
  });

  it('masks a masked event to itself', () => {
    const event = mask({
      message: `${leak} ${'x'.repeat(9000)}`,
      contexts: { a: { token: SECRET, list: Array.from({ length: 300 }, (_, id) => id) } },
      request: { method: 'GET', url: '/', body: { data: 'y'.repeat(9000), password: SECRET } },
    });
    expect(maskEvent(event, masker, options.limits)).toEqual(event);
  });
});

describe('a masker that fails', () => {
  it.each<[string, (path: readonly string[], key: string, value: unknown) => unknown]>([
    [
      'throws',
      () => {
        throw new Error(SECRET);
      },
    ],
    ['answers with nothing', () => undefined],
    ['answers with a promise', (_path, _key, value) => Promise.resolve(value)],
    ['answers with a promise that rejects', () => Promise.reject(new Error(SECRET))],
    ['answers with a function', () => () => SECRET],
  ])('that %s costs the values and leaks nothing', (_name, answer) => {
    const event = maskEvent(
      draft({
        message: SECRET,
        tags: { a: SECRET },
        contexts: { a: { b: SECRET } },
        request: { method: 'GET', url: SECRET, body: { a: SECRET } },
      }),
      withAnswer(answer),
      options.limits,
    );
    expect(JSON.stringify(event)).not.toContain(SECRET);
    expect(event.message).toBe('[masking failed]');
    expect(event.request?.body).toBe('[masking failed]');
    expect(event.tags).toEqual({ a: '[masking failed]' });
    expect(event.id).toBe(draft().id);
    expect(maskText(withAnswer(answer), SECRET)).toBe('[masking failed]');
  });

  it('that fails for one value spoils no other', () => {
    const failing = withAnswer((_path, key, value) => {
      if (key === 'b') throw new Error('x');
      return value;
    });
    const event = maskEvent(draft({ contexts: { x: { a: 1, b: SECRET, c: 3 } } }), failing, options.limits);
    expect(event.contexts).toEqual({ x: { a: 1, b: '[masking failed]', c: 3 } });
  });

  it('that answers with a hostile object gets a bounded copy of it stored', () => {
    const loop: Record<string, unknown> = { a: 1n };
    loop['self'] = loop;
    const event = maskEvent(
      draft({ contexts: { x: { a: 1 } } }),
      withAnswer((_path, key, value) => (key === 'x' ? loop : value)),
      options.limits,
    );
    expect(event.contexts).toEqual({ x: { a: '1n', self: '[circular]' } });
  });
});

describe('drafts that are not what they should be', () => {
  it('skips notes among breadcrumbs and bounds foreign values', () => {
    const changes = {
      breadcrumbs: [...draft().breadcrumbs, '[3 more entries]'],
      tags: '[object, too deep]',
      user: null,
      contexts: undefined,
      exceptions: null,
      message: { a: 1 },
      request: { method: 5, url: undefined, body: 1n },
    };
    const event = mask(changes as unknown as Partial<EventDraft>);
    expect(event.breadcrumbs).toEqual(draft().breadcrumbs);
    expect(event.tags).toEqual({});
    expect(event.contexts).toEqual({});
    expect(event.exceptions).toEqual([]);
    expect(event.message).toBe('[masking failed]');
    expect(event.request).toEqual({ method: '5', url: '', body: '1n' });
    expect(event).not.toHaveProperty('user');
  });
});

describe('the bound on the bytes of an event', () => {
  const size = (event: ErrorEvent): number => Buffer.byteLength(JSON.stringify(event));

  it('drops the body first', () => {
    const body = Object.fromEntries(Array.from({ length: 30 }, (_, id) => [`f${id}`, 'z'.repeat(2000)]));
    const event = mask({ request: { ...draft().request!, body } });
    expect(size(event)).toBeLessThanOrEqual(options.limits.eventBytes);
    expect(event.request?.body).toMatch(/^\[dropped, \d+ bytes\]$/);
    expect(event.truncated).toEqual(['request.body']);
    expect({ ...event, request: undefined, truncated: undefined }).toEqual({
      ...draft(),
      request: undefined,
    });
  });

  it('drops the largest context and keeps the others', () => {
    const event = mask({ contexts: { small: { a: 1 }, large: Array(20).fill('z'.repeat(3000)) as Json[] } });
    expect(event.truncated).toEqual(['contexts.large']);
    expect(event.contexts['small']).toEqual({ a: 1 });
  });

  it('drops the oldest breadcrumbs', () => {
    const breadcrumbs = Array.from({ length: 25 }, (_, at) => ({
      at,
      type: 'log',
      message: 'z'.repeat(2000),
      level: 'info' as const,
    }));
    const event = mask({ breadcrumbs, request: { method: 'GET', url: '/' } });
    expect(event.truncated).toEqual(['breadcrumbs']);
    expect(event.breadcrumbs.length).toBeGreaterThan(10);
    expect(event.breadcrumbs.at(-1)?.at).toBe(24);
  });

  it('cuts long texts and frames when the rest is not enough', () => {
    const frames = Array.from({ length: 100 }, (_, line) => ({
      file: `src/${'d'.repeat(100)}.ts`,
      line,
      function: 'f',
      inApp: true,
    }));
    const exceptions = Array.from({ length: 6 }, () => ({
      type: 'E',
      value: 'z'.repeat(4000),
      facts: {},
      frames,
    }));
    const event = mask({ exceptions });
    expect(size(event)).toBeLessThanOrEqual(options.limits.eventBytes);
    expect(event.exceptions[0]?.frames.length).toBeGreaterThan(0);
    expect(event.truncated).toContain('exceptions.1.frames');
  });

  it('holds for any event and the smallest bound', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 50 }),
      fc.constantFrom('\u0001'.repeat(3000), '"\\'.repeat(2000), '€'.repeat(4000), '😀'.repeat(3000)),
    );
    const json = fc.oneof(
      text,
      fc.array(text, { maxLength: 40 }),
      fc.dictionary(text, text, { maxKeys: 40 }),
    ) as fc.Arbitrary<Json>;
    const changes = fc.record(
      {
        message: text,
        culprit: text,
        transaction: text,
        user: fc.record({ id: text, name: json }),
        tags: fc.dictionary(text, text, { maxKeys: 40 }),
        contexts: fc.dictionary(text, json, { maxKeys: 40 }),
        request: fc.record({ method: text, url: text, body: json, headers: json, query: json }),
        exceptions: fc.array(
          fc.record({
            type: text,
            value: text,
            facts: fc.dictionary(text, text),
            frames: fc.array(fc.record({ file: text, inApp: fc.boolean() })),
          }),
          { maxLength: 8 },
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(changes, (given) => {
        const event = mask(given, { eventBytes: 4096 });
        expect(size(event)).toBeLessThanOrEqual(4096);
        const again = maskEvent(event, masker, { ...options.limits, eventBytes: 4096 });
        expect(again).toEqual(event);
      }),
      { numRuns: 300 },
    );
  });

  it('counts bytes as JSON.stringify writes them', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (value, text) => {
        const both = { value, [text]: text, gone: undefined };
        expect(jsonBytes(both)).toBe(Buffer.byteLength(JSON.stringify(both)));
      }),
    );
  });
});

describe('other exits', () => {
  it('masks one text', () => {
    expect(maskText(masker, `at ${SECRET} with token=${SECRET}`)).toBe(`at ${SECRET} with token=[masked]`);
  });

  it('masks the texts of an issue and keeps the rest', () => {
    const issue = {
      id: 7,
      type: 'E',
      title: `token=${SECRET}`,
      culprit: `key: ${SECRET}`,
      groupingKey: `a\ntoken=${SECRET}`,
      status: 'open',
      eventCount: 3,
      fingerprint: 'f',
    } as Issue;
    const masked = maskIssue(issue, masker);
    expect(JSON.stringify(masked)).not.toContain(SECRET);
    expect(masked).toMatchObject({
      id: 7,
      type: 'E',
      status: 'open',
      eventCount: 3,
      fingerprint: 'f',
      title: 'token=[masked]',
    });
  });

  it('masks source lines that were read later', () => {
    const context = { before: ['const token = next();'], line: `const key = '${SECRET}';`, after: [] };
    expect(maskSourceContext(context, masker, options.limits)).toEqual({
      ...context,
      line: "const key = '[masked]';",
    });
  });
});
