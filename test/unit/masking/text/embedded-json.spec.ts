import { embeddedJson } from '../../../../lib/masking/text/embedded-json.js';
import { maskedBy } from '../../../support/found-by.js';

const maskTree = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, part: unknown) => (key === 'a' ? '***' : part)));

it.each([
  ['{ "a": 1, "b": [2] }', '{"a":"***","b":[2]}'],
  [' [{"a":"x"}]', '[{"a":"***"}]'],
  ['{ "b" : 1 }', '{ "b" : 1 }'],
  ['{"a":1', '{"a":1'],
  ['see {"a":1}', 'see {"a":1}'],
])('masks %s as data', (text, masked) => {
  expect(maskedBy(embeddedJson, text, { maskTree })).toBe(masked);
});

it('takes JSON that is nested too deeply for prose', () => {
  const nested = (depth: number): string => `${'['.repeat(depth - 1)}{"a":1}${']'.repeat(depth - 1)}`;
  expect(maskedBy(embeddedJson, nested(40), { maskTree })).toContain('***');
  expect(maskedBy(embeddedJson, nested(41), { maskTree })).toBe(nested(41));
});
