import { plainPath } from '../../../lib/stack/plain-path.js';

describe('plainPath', () => {
  it.each([
    ['/app/a.js', '/app/a.js'],
    ['file:///app/a%20b.js?v=1#x', '/app/a b.js'],
    ['file:///c:/app/a.js', 'C:/app/a.js'],
    ['c:\\app\\a.js', 'C:/app/a.js'],
    ['\\\\server\\app\\a.js', '//server/app/a.js'],
    ['file:///app/%zz.js', '/app/%zz.js'],
    ['node:internal/fs', 'node:internal/fs'],
    ['src\\a.js', 'src\\a.js'],
  ])('writes %s as %s', (written, path) => {
    expect(plainPath(written)).toBe(path);
  });
});
