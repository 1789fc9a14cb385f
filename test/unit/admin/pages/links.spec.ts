import { linksFrom } from '../../../../lib/admin/pages/links.js';

/** Where a browser on `page` lands. */
const follow = (page: string, link: string) => new URL(link, `http://host${page}`).pathname;

describe('linksFrom', () => {
  it.each([
    ['/errors', 0, '/errors'],
    ['/errors/', 0, '/errors'],
    ['/api/v1/errors', 0, '/api/v1/errors'],
    ['/base/api/ops/errors/', 0, '/base/api/ops/errors'],
    ['/errors/issues/5', 2, '/errors'],
    ['/errors/issues/5/', 2, '/errors'],
    ['/api/errors/issues/5/events/abc', 4, '/api/errors'],
    ['/api/errors/issues/5/events/abc/', 4, '/api/errors'],
    ['/api/errors/api/issues/5/resolve', 4, '/api/errors'],
    ['/a%20b/issues/5', 2, '/a%20b'],
  ])('leads from %s to the dashboard and below it', (page, depth, mount) => {
    const links = linksFrom(page, depth);
    expect(follow(page, links.home)).toBe(mount);
    expect(follow(page, links.to('issues/7'))).toBe(`${mount}/issues/7`);
  });

  it.each([
    ['/', 0],
    ['/issues/5', 2],
    ['/issues/5/', 2],
  ])('leads from %s to a dashboard at the root', (page, depth) => {
    const links = linksFrom(page, depth);
    expect(follow(page, links.home)).toBe('/');
    expect(follow(page, links.to('issues/7'))).toBe('/issues/7');
  });

  it('never makes an address that a browser takes for another host or scheme', () => {
    for (const path of ['/javascript:x', '/a:b/issues/1', '//evil.example/issues/1']) {
      const { home, to } = linksFrom(path, path.includes('/issues/') ? 2 : 0);
      for (const link of [home, to('issues/1')]) expect(link).toMatch(/^\.{1,2}\//);
    }
  });
});
