import { suggestOption } from '../../../lib/options/suggest-option.js';

const paths = [
  'enabled',
  'limits',
  'limits.depth',
  'limits.events',
  'retention',
  'retention.events',
  'mail.to',
];

describe('suggestOption', () => {
  it.each([
    ['a letter too much', 'limits.deepth', 'limits.depth'],
    ['a letter too few', 'limits.dpth', 'limits.depth'],
    ['a wrong letter', 'limits.dephh', 'limits.depth'],
    ['another case', 'Enabled', 'enabled'],
    ['a missing section', 'depth', 'limits.depth'],
    ['another section', 'retention.depth', 'limits.depth'],
  ])('finds the option in spite of %s', (_mistake, path, meant) => {
    expect(suggestOption(path, paths)).toBe(meant);
  });

  it('prefers the option of the same section', () => {
    expect(suggestOption('limits.event', paths)).toBe('limits.events');
    expect(suggestOption('retention.event', paths)).toBe('retention.events');
  });

  it.each(['xyzzy', 'limits.xyzzy', '', 'qq'])('suggests nothing for %j', (path) => {
    expect(suggestOption(path, paths)).toBeUndefined();
  });

  it('forgives a short name one letter only', () => {
    expect(suggestOption('mail.too', paths)).toBe('mail.to');
    expect(suggestOption('mail.txx', paths)).toBeUndefined();
  });

  it('is quick for a name of any length', () => {
    const startedAt = performance.now();
    suggestOption('x'.repeat(1_000_000), paths);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});
