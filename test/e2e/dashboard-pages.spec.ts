import {
  CallHandler,
  ExecutionContext,
  Injectable,
  NestInterceptor,
  VersioningType,
  type PipeTransform,
} from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { startDashboard, type Dashboard, type DashboardOptions } from '../support/dashboard-app.js';
import type { HttpCall } from '../support/http.js';
import { eventOf, stored } from '../support/stored-events.js';

const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin' };
const UUID = '019f2c4e-002d-7a3b-9c1d-8e5f00aa1b2c';

@Injectable()
class Wrapper implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((data: unknown) => ({ wrapped: true, data })));
  }
}

class RefusingPipe implements PipeTransform {
  transform(): never {
    throw new Error('no pipe of the host sees our requests');
  }
}

describe.each(['Express', 'Fastify'] as const)('the dashboard on %s', (platform) => {
  let dashboard: Dashboard;
  const start = async (options: DashboardOptions = {}) => {
    dashboard = await startDashboard({ platform, ...options });
    return dashboard;
  };
  const json = async (path: string, call?: HttpCall): Promise<Record<string, unknown>> =>
    JSON.parse((await dashboard.call(path, call)).body) as Record<string, unknown>;

  afterEach(() => dashboard.close());

  describe('permission', () => {
    const READS = [
      '/errors',
      '/errors/issues/1',
      '/errors/issues/999',
      `/errors/issues/1/events/${UUID}`,
      `/errors/events/${UUID}`,
      '/errors/assets/dashboard.css',
      '/errors/api/issues',
      '/errors/api/issues?sort=nonsense',
      '/errors/api/issues/1',
      '/errors/api/issues/abc',
      '/errors/api/issues/1/events',
      `/errors/api/events/${UUID}`,
      '/errors/api/stats',
      '/errors/api/health',
    ];
    const TRIAGE = ['resolve', 'reopen', 'mute', 'unmute'].map((verb) => `/errors/api/issues/1/${verb}`);

    it('stands before everything, and before every look-up', async () => {
      await start({ allows: () => false });
      dashboard.store.down = true;
      for (const path of READS) {
        const answer = await dashboard.call(path);
        expect([path, answer.status, JSON.parse(answer.body)]).toEqual([
          path,
          403,
          { statusCode: 403, message: 'You may not do this.' },
        ]);
      }
      for (const path of [...TRIAGE, '/errors/api/issues/1/delete']) {
        expect((await dashboard.call(path, { method: 'POST', headers: SAME_ORIGIN })).status).toBe(403);
      }
      expect(
        (await dashboard.call('/errors/api/issues/1', { method: 'DELETE', headers: SAME_ORIGIN })).status,
      ).toBe(403);
    });

    it('is asked for the action of the route', async () => {
      const actions: string[] = [];
      await start({ allows: (_request, action) => actions.push(action) < 0 });
      await dashboard.call('/errors');
      for (const path of TRIAGE) await dashboard.call(path, { method: 'POST', headers: SAME_ORIGIN });
      await dashboard.call('/errors/api/issues/1/delete', { method: 'POST', headers: SAME_ORIGIN });
      await dashboard.call('/errors/api/issues/1', { method: 'DELETE', headers: SAME_ORIGIN });
      expect(actions).toEqual(['view', 'triage', 'triage', 'triage', 'triage', 'delete', 'delete']);
    });

    it('shows a stranger a page that names nothing of the application', async () => {
      await start({ allows: () => Promise.reject(new Error('session store away')) });
      const { status, body, headers } = await dashboard.call('/errors', { headers: HTML });
      expect(status).toBe(403);
      expect(headers['content-type']).toContain('text/html');
      expect(body).toContain('No access');
      expect(body).not.toContain('Teapot');
      expect(body).not.toContain('session store');
    });

    it('offers a reader no buttons that would be refused', async () => {
      await start({ allows: (_request, action) => action === 'view' });
      await stored(dashboard.store, 'CardError');
      const { body } = await dashboard.call('/errors/issues/1');
      expect(body).toContain('CardError');
      expect(body).not.toContain('<form method="post"');
    });
  });

  describe('changes', () => {
    const HOST = 'shop.example';
    const ATTEMPTS: [string, Record<string, string>, number][] = [
      ['the page itself', { 'sec-fetch-site': 'same-origin' }, 200],
      ['another site', { 'sec-fetch-site': 'cross-site', host: HOST, origin: `https://${HOST}` }, 403],
      ['a sibling host', { 'sec-fetch-site': 'same-site', host: HOST, origin: `https://${HOST}` }, 403],
      ['the same origin over http', { host: HOST, origin: `http://${HOST}` }, 200],
      ['the public address behind a proxy', { host: 'app:3000', origin: 'https://public.example' }, 200],
      ['another origin', { host: HOST, origin: 'https://evil.example' }, 403],
      ['a sandboxed frame', { host: HOST, origin: 'null' }, 403],
      ['something without either header', { host: HOST }, 403],
    ];

    it.each(ATTEMPTS)('asked for by %s', async (_who, headers, status) => {
      await start({ admin: { baseUrl: 'https://public.example/errors' } });
      const { issueId } = await stored(dashboard.store, 'CardError');
      const posted = await dashboard.call(`/errors/api/issues/${issueId}/resolve`, {
        method: 'POST',
        headers,
      });
      expect(posted.status).toBe(status);
      const after = await dashboard.store.getIssue(issueId);
      expect(after?.status).toBe(status === 200 ? 'resolved' : 'open');
      const deleted = await dashboard.call(`/errors/api/issues/${issueId}`, { method: 'DELETE', headers });
      expect(deleted.status).toBe(status);
    });

    it('are never made by GET', async () => {
      await start();
      const { issueId } = await stored(dashboard.store, 'CardError');
      for (const verb of ['resolve', 'reopen', 'mute', 'unmute', 'delete']) {
        const { status } = await dashboard.call(`/errors/api/issues/${issueId}/${verb}`, {
          headers: SAME_ORIGIN,
        });
        expect([404, 405]).toContain(status);
      }
      expect(await dashboard.store.getIssue(issueId)).toMatchObject({ status: 'open' });
    });

    it('answer a form with the way back to the page', async () => {
      await start();
      const { issueId } = await stored(dashboard.store, 'CardError');
      const form = async (verb: string) => {
        const path = `/errors/api/issues/${issueId}/${verb}`;
        const type = { 'content-type': 'application/x-www-form-urlencoded' };
        const answer = await dashboard.call(path, {
          method: 'POST',
          headers: { ...HTML, ...SAME_ORIGIN, ...type },
        });
        expect(answer.status).toBe(303);
        return new URL(answer.headers.location ?? '', dashboard.url + path).pathname;
      };
      expect(await form('mute')).toBe(`/errors/issues/${issueId}`);
      expect(await form('delete')).toBe('/errors');
      expect(await form('delete')).toBe('/errors');
      expect(await dashboard.store.getIssue(issueId)).toBeUndefined();
    });

    it('answer a client with the issue, and refuse to mute a resolved one', async () => {
      await start();
      const { issueId } = await stored(dashboard.store, 'CardError');
      const post = (verb: string) =>
        dashboard.call(`/errors/api/issues/${issueId}/${verb}`, { method: 'POST', headers: SAME_ORIGIN });
      expect(JSON.parse((await post('resolve')).body)).toMatchObject({ id: issueId, status: 'resolved' });
      const refused = await post('mute');
      expect(refused.status).toBe(409);
      expect(JSON.parse(refused.body)).toEqual({
        statusCode: 409,
        message: expect.stringContaining('reopen'),
      });
      expect(
        (await dashboard.call('/errors/api/issues/77/mute', { method: 'POST', headers: SAME_ORIGIN })).status,
      ).toBe(404);
    });
  });

  describe('links', () => {
    /** Every address on a page, as a browser would complete it. */
    const addresses = (path: string, html: string) =>
      [...html.matchAll(/(?:href|src|action|data-stats|data-issue)="([^"]*)"/g)]
        .map(([, link = '']) => link.replaceAll('&amp;', '&'))
        .filter((link) => !link.startsWith('data:') && !link.startsWith('#'))
        .map((link) => {
          expect(link).not.toMatch(/^(\/|[a-z]+:)/i);
          const { pathname, search } = new URL(link, `http://host${path}`);
          return pathname + search;
        });

    it.each([
      ['errors', undefined],
      ['ops/errors', 'api/v1'],
      ['errors', 'shop'],
    ])('at %s under the prefix %s stay inside the dashboard and lead somewhere', async (path, prefix) => {
      await start({
        admin: { path },
        prepare: (app) => {
          if (prefix) app.setGlobalPrefix(prefix);
          app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
        },
      });
      const mount = `/${prefix ? `${prefix}/` : ''}${path}`;
      const { issueId } = await stored(dashboard.store, 'CardError');
      const { eventId } = await stored(dashboard.store, 'CardError');
      const pages = [mount, `${mount}/issues/${issueId}`, `${mount}/issues/${issueId}/events/${eventId}`];
      for (const page of pages) {
        const { status, body } = await dashboard.call(page, { headers: HTML });
        expect([page, status]).toEqual([page, 200]);
        for (const address of addresses(page, body)) {
          expect(address.startsWith(`${mount}/`) || address.split('?')[0] === mount).toBe(true);
          if (/\/(resolve|mute|delete)$/.test(address)) continue;
          expect([address, (await dashboard.call(address)).status]).toEqual([address, 200]);
        }
        // A proxy may put the application below a path of its own that the application never sees.
        for (const address of addresses(`/proxied${page}`, body)) expect(address).toMatch(/^\/proxied\//);
      }
    });

    it('hold for an address that ends in a slash', async () => {
      await start();
      await stored(dashboard.store, 'CardError');
      for (const page of ['/errors/', '/errors/issues/1/']) {
        const { status, body } = await dashboard.call(page, { headers: HTML });
        // Fastify routes such addresses only where the application asked it to.
        if (platform === 'Fastify' && status === 404) continue;
        expect(status).toBe(200);
        for (const address of addresses(page, body)) expect(address).toMatch(/^\/errors([/?]|$)/);
      }
    });

    it('lead from an error id to its page, through the address and through the search', async () => {
      await start();
      const event = eventOf('CardError', { id: UUID });
      await dashboard.store.add(event);
      const wanted = `/errors/issues/1/events/${UUID}`;
      for (const path of [`/errors/events/${UUID}`, `/errors?search=${UUID.toUpperCase()}`]) {
        const { status, headers } = await dashboard.call(path, { headers: HTML });
        expect(status).toBe(302);
        expect(new URL(headers.location ?? '', dashboard.url + path).pathname).toBe(wanted);
      }
      expect((await dashboard.call(wanted)).status).toBe(200);
    });

    it('show an event as part of its own issue only', async () => {
      await start();
      const first = await stored(dashboard.store, 'CardError');
      const second = await stored(dashboard.store, 'MailError');
      const { status } = await dashboard.call(`/errors/issues/${first.issueId}/events/${second.eventId}`);
      expect(status).toBe(404);
    });
  });

  describe('the JSON API', () => {
    it('has the shapes it promises', async () => {
      await start();
      const { eventId } = await stored(dashboard.store, 'CardError', {
        id: UUID,
        at: Date.UTC(2026, 0, 2, 3, 4, 5),
        exceptions: [
          {
            type: 'CardError',
            value: 'declined',
            facts: { code: 'DECLINED' },
            properties: { gateway: 'acme' },
            frames: [
              {
                file: 'src/pay.ts',
                line: 7,
                inApp: true,
                context: { before: [], line: 'throw', after: [] },
                variables: { total: 550 },
              },
            ],
          },
        ],
        breadcrumbs: [{ at: Date.UTC(2026, 0, 2, 3, 4, 4), type: 'log', message: 'hello', level: 'info' }],
        request: { method: 'POST', url: '/pay' },
        user: { id: 'u1' },
        release: '1.2.3',
      });
      dashboard.store.setTicket(1, { key: 'SHOP-1', url: 'https://tracker.example/1' });

      const issue = {
        id: 1,
        type: 'CardError',
        title: 'declined',
        culprit: 'OrdersService.pay',
        status: 'open',
        level: 'error',
        handled: false,
        source: 'http',
        eventCount: 1,
        userCount: 1,
        firstSeen: '2026-01-02T03:04:05.000Z',
        lastSeen: '2026-01-02T03:04:05.000Z',
        fingerprint: expect.stringMatching(/^[\da-f]{64}$/),
        ticket: { key: 'SHOP-1', url: 'https://tracker.example/1' },
        activity: [{ kind: 'first_seen', at: '2026-01-02T03:04:05.000Z', actor: null, detail: null }],
      };
      const event = {
        id: eventId,
        issueId: 1,
        at: '2026-01-02T03:04:05.000Z',
        source: 'http',
        handled: false,
        severity: 'error',
        severityReason: 'unhandled',
        category: null,
        exceptions: [
          {
            type: 'CardError',
            value: 'declined',
            facts: { code: 'DECLINED' },
            properties: { gateway: 'acme' },
            frames: [
              {
                file: 'src/pay.ts',
                line: 7,
                column: null,
                function: null,
                inApp: true,
                context: { before: [], line: 'throw', after: [] },
                variables: { total: 550 },
              },
            ],
            relation: null,
            parent: null,
          },
        ],
        message: null,
        request: { method: 'POST', url: '/pay' },
        user: { id: 'u1' },
        tags: {},
        contexts: {},
        breadcrumbs: [
          { at: '2026-01-02T03:04:04.000Z', type: 'log', message: 'hello', level: 'info', data: null },
        ],
        release: '1.2.3',
        environment: 'test',
        runtime: expect.objectContaining({ host: 'box' }),
      };
      expect(await json('/errors/api/issues')).toEqual({ items: [issue], nextCursor: null });
      expect(await json('/errors/api/issues/1')).toEqual(issue);
      expect(await json('/errors/api/issues/1/events')).toEqual({ items: [event], nextCursor: null });
      expect(await json(`/errors/api/events/${eventId}`)).toEqual(event);
      expect(await json('/errors/api/stats?since=2026-01-01T00:00:00Z')).toEqual({
        counts: { open: 1, resolved: 0, muted: 0, all: 1 },
        newIssues: 1,
      });
      expect(await json('/errors/api/health')).toMatchObject({
        status: 'ok',
        lastFlushAt: '2026-09-21T14:13:20.000Z',
      });
    });

    it('pages through a list without losing or repeating an issue', async () => {
      await start();
      for (let bug = 0; bug < 7; bug++)
        await stored(dashboard.store, `Error${bug}`, { at: 1_790_000_000_000 });
      const seen: number[] = [];
      let cursor: unknown = '';
      do {
        const page = await json(`/errors/api/issues?limit=3&cursor=${String(cursor)}`);
        seen.push(...(page['items'] as { id: number }[]).map(({ id }) => id));
        cursor = page['nextCursor'];
      } while (cursor !== null);
      expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1]);
    });

    it.each([
      ['?status[]=open', 400],
      ['?status=open&status=muted', 400],
      ['?search[$ne]=x', 400],
      ['?sort=id;DROP', 400],
      ['?cursor=nonsense', 400],
      ['?cursor=%00%27', 400],
      ['?limit=abc', 400],
      ['?limit=100000', 200],
      ['?limit=-1', 200],
      ['?id[$ne]=1', 200],
      ['?search=%25%27%22%5C', 200],
      ['?__proto__[status]=1', 200],
    ])('answers %s with %i, on the API and on the page', async (query, status) => {
      await start();
      await stored(dashboard.store, 'CardError');
      expect((await dashboard.call(`/errors/api/issues${query}`)).status).toBe(status);
      expect((await dashboard.call(`/errors${query}`, { headers: HTML })).status).toBe(status);
    });

    it.each(['abc', '0', '1e3', '99999999999999999999', '%00', '-1'])(
      'answers 400 for the issue id %s',
      async (id) => {
        await start();
        const { status, body } = await dashboard.call(`/errors/api/issues/${id}`);
        expect(status).toBe(400);
        expect(JSON.parse(body)).toEqual({ statusCode: 400, message: expect.any(String) });
      },
    );

    it('answers 404 for what does not exist', async () => {
      await start();
      for (const path of [
        '/errors/api/issues/1',
        '/errors/api/issues/1/events',
        `/errors/api/events/${UUID}`,
      ]) {
        expect((await dashboard.call(path)).status).toBe(404);
      }
    });

    it('answers 503 without a word of the driver while the store is away', async () => {
      await start();
      dashboard.store.down = true;
      for (const [path, headers] of [
        ['/errors/api/issues', {}],
        ['/errors', HTML],
        ['/errors/issues/1', HTML],
      ] as const) {
        const { status, body } = await dashboard.call(path, { headers });
        expect(status).toBe(503);
        expect(body).not.toMatch(/ECONNREFUSED|hunter2|\bat .*\.ts/);
      }
      const { body } = await dashboard.call('/errors', { headers: HTML });
      expect(body).toContain('The store does not answer');
    });
  });

  describe('data from outside', () => {
    it('stays text', async () => {
      await start();
      const nasty = `</title><script>alert(1)</script>"' onload=alert(1) javascript:alert(1)`;
      const { issueId } = await stored(dashboard.store, 'Nasty', {
        culprit: nasty,
        exceptions: [
          {
            type: nasty,
            value: nasty,
            facts: { [nasty]: nasty },
            properties: { [nasty]: nasty },
            frames: [
              {
                file: nasty,
                function: nasty,
                inApp: true,
                context: { before: [nasty], line: nasty, after: [] },
                variables: { [nasty]: nasty },
              },
            ],
          },
        ],
        request: { method: nasty, url: nasty, headers: { [nasty]: nasty }, body: nasty },
        tags: { [nasty]: nasty },
        contexts: { [nasty]: { deep: [nasty] } },
        breadcrumbs: [{ at: 1, type: nasty, message: nasty, level: 'info', data: nasty }],
        user: { id: nasty },
        truncated: [nasty],
        release: nasty,
      });
      dashboard.store.setTicket(issueId, { key: nasty, url: 'javascript:alert(1)' });
      for (const path of [
        '/errors',
        `/errors?search=${encodeURIComponent('alert')}`,
        `/errors/issues/${issueId}`,
      ]) {
        const { body } = await dashboard.call(path, { headers: HTML });
        expect(body).toContain('&lt;script');
        expect(body.match(/<script/g)).toHaveLength(1);
        expect(body).not.toMatch(/<[^>]* on[a-z]+=/i);
        expect(body).not.toMatch(/<[^>]* style=/i);
        expect(body).not.toMatch(/(href|src|action)="javascript:/i);
      }
      const { body } = await dashboard.call(
        `/errors?status=all&search=${encodeURIComponent('"><script>alert(2)</script>')}`,
      );
      expect(body.match(/<script/g)).toHaveLength(1);
    });

    it('links a ticket only on the web', async () => {
      await start();
      await stored(dashboard.store, 'CardError');
      dashboard.store.setTicket(1, { key: 'SHOP-1', url: 'https://tracker.example/1' });
      const link = '<a href="https://tracker.example/1" rel="noopener noreferrer"';
      expect((await dashboard.call('/errors/issues/1')).body).toContain(link);
      dashboard.store.setTicket(1, { key: 'SHOP-1', url: 'data:text/html,hi' });
      expect((await dashboard.call('/errors/issues/1')).body).not.toContain('data:text/html');
    });
  });

  describe('in a host with habits', () => {
    it('is not touched by pipes and interceptors for all routes', async () => {
      await start({
        prepare: (app) => {
          app.useGlobalInterceptors(new Wrapper());
          app.useGlobalPipes(new RefusingPipe());
        },
      });
      await stored(dashboard.store, 'CardError');
      expect(Object.keys(await json('/errors/api/issues'))).toEqual(['items', 'nextCursor']);
      expect((await dashboard.call('/errors/issues/1', { headers: HTML })).body).toMatch(/^<!doctype html>/);
    });

    it('sends its security headers with every answer', async () => {
      await start();
      await stored(dashboard.store, 'CardError');
      const { body } = await dashboard.call('/errors');
      const [, stylesheet = ''] = /href="\.\/(errors\/assets\/[^"]+)"/.exec(body) ?? [];
      for (const [path, cache] of [
        ['/errors', 'no-store'],
        ['/errors/issues/999', 'no-store'],
        ['/errors/api/issues', 'no-store'],
        ['/errors/api/issues/abc', 'no-store'],
        [`/${stylesheet}`, 'private, max-age=31536000, immutable'],
      ] as const) {
        const { headers } = await dashboard.call(path);
        expect(headers).toMatchObject({
          'content-security-policy': expect.stringMatching(
            /^default-src 'none'; style-src 'self'; script-src 'self';/,
          ),
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'same-origin',
          'x-robots-tag': 'noindex',
          'cache-control': cache,
        });
      }
    });
  });

  it('shows in one line what the tracker does, and loudly when something is wrong', async () => {
    await start({
      health: { queuedEvents: 2, queuedBytes: 2048, lastFlushMs: 3.25, leftOut: { sampled: 4 } },
    });
    const { body: healthy } = await dashboard.call('/errors');
    expect(healthy).not.toContain('Health of the tracker');
    const line = /<footer.*<\/footer>/
      .exec(healthy)?.[0]
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ');
    expect(line).toMatch(
      /^ This process: 3 of 3 events stored 2 events waiting \(2\.0 kB\) last flush .* ago in 3\.3 ms 4 left out \(sampled\) $/,
    );
    await dashboard.close();
    await start({ health: { dropped: { pendingIssues: 312 }, storeAvailable: false } });
    const { body } = await dashboard.call('/errors');
    expect(body).toContain('The database does not answer');
    expect(body).toContain('pending issues 312');
  });

  it('helps whoever has no errors yet', async () => {
    await start();
    expect((await dashboard.call('/errors')).body).toContain('No errors yet');
    await stored(dashboard.store, 'CardError');
    expect((await dashboard.call('/errors?search=zzz')).body).toContain('No issue matches');
    expect((await dashboard.call('/errors?status=muted')).body).toContain('No muted issues');
  });
});
