import { HttpContextBuilder, httpTransaction } from '../../../lib/scope/http.context-builder.js';

const build = (request: unknown): ReturnType<HttpContextBuilder['build']> =>
  new HttpContextBuilder().build({ source: 'http', request });

describe('HttpContextBuilder', () => {
  it("reads an Express request, with the route's template", () => {
    const part = build({
      method: 'POST',
      originalUrl: '/api/orders/7?x=1',
      url: '/7',
      route: { path: '/api/orders/:id' },
      params: { id: '7' },
      body: { a: 1 },
      ip: '10.0.0.1',
      user: { id: 3, email: 'a@example.com', password: 'x' },
    });
    expect(part).toMatchObject({
      transaction: 'POST /api/orders/:id',
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
    expect(build({ method: 'GET', url: '/wp-admin/7' })?.transaction).toBeUndefined();
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
});
