import type { Json } from '../../../lib/event/error-event';
import { KeyMasker } from '../../../lib/masking/key.masker';
import { TreeMasker } from '../../../lib/masking/mask-tree';
import { resolveOptions } from '../../../lib/options/resolve-options';
import { CARD_TEXTS, PLAIN_TEXTS, SECRET, SECRET_TEXTS } from './secrets';

function maskerWith(masking: object = {}): KeyMasker {
  return new KeyMasker(resolveOptions({ masking }));
}

function maskTree(value: Json, masker = maskerWith()): Json {
  return new TreeMasker(masker, resolveOptions(undefined).limits).tree([], 'data', value);
}

describe('secrets in text', () => {
  const masker = maskerWith();

  it.each(SECRET_TEXTS)('hides %s', (_name, text) => {
    expect(text.toLowerCase()).toContain('hunter2');
    const masked = String(masker.mask([], '', text));
    expect(masked).toContain('[masked]');
    expect(masked.toLowerCase()).not.toContain('hunter2');
  });

  it.each(SECRET_TEXTS)('masks %s only once', (_name, text) => {
    const masked = masker.mask([], '', text);
    expect(masker.mask([], '', masked)).toBe(masked);
  });

  it.each(CARD_TEXTS)('hides %s', (_name, text) => {
    expect(String(masker.mask([], '', text))).not.toMatch(/1111/);
  });

  it.each(PLAIN_TEXTS)('leaves %j readable', (text) => {
    expect(masker.mask([], '', text)).toBe(text);
  });
});
