import { isSameOrigin } from '../../../../lib/admin/access/same-origin.guard.js';

const check = (headers: Record<string, string>, baseUrl?: string) =>
  isSameOrigin((name) => headers[name], baseUrl);

describe('isSameOrigin', () => {
  it.each([
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'same-site', origin: 'https://shop.example', host: 'shop.example' }, false],
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://shop.example', host: 'shop.example' }, false],
    [{ 'sec-fetch-site': 'none', origin: 'https://shop.example', host: 'shop.example' }, false],
    [{ 'sec-fetch-site': 'same-origin, cross-site' }, false],
    [{ origin: 'https://shop.example', host: 'shop.example' }, true],
    [{ origin: 'https://shop.example', host: 'shop.example:443' }, true],
    [{ origin: 'http://shop.example:8080', host: 'shop.example:8080' }, true],
    [{ origin: 'http://shop.example:8080', host: 'shop.example' }, false],
    [{ origin: 'https://SHOP.example', host: 'shop.example' }, true],
    [{ origin: 'https://evil.example', host: 'shop.example' }, false],
    [{ origin: 'https://shop.example.evil.example', host: 'shop.example' }, false],
    [{ origin: 'null', host: 'shop.example' }, false],
    [{ origin: 'null', host: 'null' }, false],
    [{ origin: 'file://', host: '' }, false],
    [{ origin: 'https://shop.example' }, false],
    [{ origin: '', host: '' }, false],
    [{ host: 'shop.example' }, false],
    [{}, false],
  ])('for %j says %s', (headers, expected) => {
    expect(check(headers as Record<string, string>)).toBe(expected);
  });

  it('knows the public host when a proxy hides it', () => {
    const headers = { origin: 'https://shop.example', host: 'app.internal:3000' };
    expect(check(headers)).toBe(false);
    expect(check(headers, 'https://shop.example/errors')).toBe(true);
    expect(check(headers, 'https://other.example/errors')).toBe(false);
  });
});
