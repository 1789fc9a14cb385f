import type { CaptureOptions } from '../../../lib/options/capture-options.js';
import { HttpContextBuilder, httpTransaction } from '../../../lib/scope/http.context-builder.js';
import { optionsWith } from '../../support/events.js';

const build = (request: unknown, capture: CaptureOptions = {}): ReturnType<HttpContextBuilder['build']> =>
  new HttpContextBuilder(optionsWith({ capture })).build({ source: 'http', request });

describe('HttpContextBuilder', () => {
  it("reads an Express request, with the route's template", () => {
    const request = {
      method: 'POST',
      originalUrl: '/api/orders/7?x=1',
      url: '/7',
      route: { path: '/api/orders/:id' },
      params: { id: '7' },
      body: { a: 1 },
      ip: '10.0.0.1',
      user: { id: 3, email: 'a@example.com', password: 'x' },
    };
    const part = build(request);
    expect(httpTransaction(request)).toBe('POST /api/orders/:id');
    expect(part).toMatchObject({
      request: { method: 'POST', url: '/api/orders/7?x=1', route: '/api/orders/:id', ip: '10.0.0.1' },
      user: { id: '3', email: 'a@example.com' },
    });
    expect(part?.user).not.toHaveProperty('password');
  });

  it('reads a Fastify request', () => {
    const request = { method: 'GET', url: '/orders/7', routeOptions: { url: '/orders/:id' } };
    expect(httpTransaction(request)).toBe('GET /orders/:id');
    expect(build(request)?.request).toMatchObject({ url: '/orders/7', route: '/orders/:id' });
  });

  it('names no transaction on an unknown route, since the raw path would not group', () => {
    expect(httpTransaction({ method: 'GET', url: '/wp-admin/7' })).toBeUndefined();
  });

  it('loses only the part whose getter throws', () => {
    const request = {
      method: 'GET',
      url: '/x',
      get query(): never {
        throw new Error('bad query');
      },
    };
    expect(build(request)?.request).toMatchObject({ url: '/x', query: undefined });
  });

  it.each([undefined, null, 'text', {}, Proxy.revocable({}, {}).proxy])(
    'takes %p for no request',
    (request) => {
      expect(build(request)).toBeUndefined();
    },
  );

  describe('keeps only what it is told to', () => {
    const request = {
      method: 'POST',
      url: '/x',
      headers: { cookie: 'a=1', 'user-agent': 'curl', 'x-forwarded-for': '10.0.0.1', accept: '*/*' },
      cookies: { a: '1' },
      body: { b: 2 },
      ip: '10.0.0.1',
    };
    const kept = (options: CaptureOptions['request']): unknown =>
      build(request, { request: options })?.request;

    it.each<[CaptureOptions['request'], object]>([
      [{ headers: ['User-Agent'] }, { headers: { 'user-agent': 'curl' } }],
      [{ headers: false }, { headers: undefined }],
      [{ body: false }, { headers: request.headers }],
    ])('%p', (options, expected) => {
      expect(kept(options)).toMatchObject(expected);
    });

    it('without a trace of what is left out', () => {
      const text = JSON.stringify(kept({ cookies: false, body: false, ip: false }));
      expect(text).not.toMatch(/10\.0\.0\.1|a=1|"b"/);
      expect(text).toContain('curl');
    });
  });

  it('asks the application who it is for', () => {
    const userExtractor = (request: unknown): { id: string } => ({ id: (request as { who: string }).who });
    expect(build({ method: 'GET', who: 'ann', user: { id: 'bob' } }, { userExtractor })?.user).toEqual({
      id: 'ann',
    });
    const broken = (): never => {
      throw new Error('extractor');
    };
    expect(build({ method: 'GET', user: { id: 'bob' } }, { userExtractor: broken })).toMatchObject({
      request: { method: 'GET' },
    });
  });
});
