import { mapOf, ParsedMap } from '../../../lib/stack/source-map.js';

/**
 * `AAAA` on the first line: the first column of the built file is the first place of the first
 * source.
 */
const MAP = {
  version: 3,
  sources: ['pay.ts'],
  sourcesContent: ['const pay = 1;'],
  names: ['pay'],
  mappings: 'AAAAA',
};
const parsed = (changes: object = {}): ParsedMap => new ParsedMap(JSON.stringify({ ...MAP, ...changes }));

describe('mapOf', () => {
  const base64 = Buffer.from('{"version":3}').toString('base64');

  it.each([
    ['x\n//# sourceMappingURL=a.js.map\n', { url: 'a.js.map' }],
    ['//# sourceMappingURL=old.map\n//# sourceMappingURL=a%20b.map?v=1', { url: 'a b.map' }],
    [`//# sourceMappingURL=data:application/json;base64,${base64}`, { inline: '{"version":3}' }],
    ['//# sourceMappingURL=data:application/json,%7B%7D', { inline: '{}' }],
  ])('finds the map in %s', (built, map) => {
    expect(mapOf(built)).toEqual(map);
  });

  it.each([
    'no mark',
    '//# sourceMappingURL=',
    '//# sourceMappingURL=a b.map',
    '//# sourceMappingURL=data:text/plain,x',
    '//# sourceMappingURL=data:application/json,%',
    `//# sourceMappingURL=${'x'.repeat(501)}`,
  ])('finds none in %.60s', (built) => {
    expect(mapOf(built)).toBeUndefined();
  });
});

describe('ParsedMap', () => {
  it('tells place, name and text of the original, counted from 1', () => {
    expect(parsed().originalOf(1, 1)).toEqual({
      source: 'pay.ts',
      line: 1,
      column: 1,
      name: 'pay',
      text: 'const pay = 1;',
    });
  });

  it.each([
    ['src', 'pay.ts', 'src/pay.ts'],
    ['src/', 'pay%20ments.ts', 'src/pay ments.ts'],
    ['src', '/app/pay.ts', '/app/pay.ts'],
    ['src', 'webpack:///pay.ts', 'webpack:///pay.ts'],
    ['', 'pay.ts', 'pay.ts'],
  ])('resolves by sourceRoot %p the source %s', (sourceRoot, source, expected) => {
    const map = parsed({ sourceRoot, sources: [source], sourcesContent: undefined });
    expect(map.originalOf(1, 1)?.source).toBe(expected);
    expect(map.originalOf(1, 1)).not.toHaveProperty('text');
  });

  it('reads maps that consist of maps', () => {
    const map = new ParsedMap(
      JSON.stringify({ version: 3, sections: [{ offset: { line: 0, column: 0 }, map: MAP }] }),
    );
    expect(map.originalOf(1, 1)).toMatchObject({ source: 'pay.ts', text: 'const pay = 1;' });
  });

  it('knows nothing of places that are not mapped', () => {
    expect(parsed({ mappings: '' }).originalOf(1, 1)).toBeUndefined();
  });

  it.each(['no json', '{}', '{"sources":[],"mappings":7}', '{"sources":{},"mappings":""}'])(
    'refuses %s',
    (text) => {
      expect(() => new ParsedMap(text)).toThrow();
    },
  );
});
