import type { Json } from '../../../lib/event/error-event.js';
import { askMasker, MASKING_FAILED, maskRecord, maskTree } from '../../../lib/masking/mask-tree.js';
import type { Masker } from '../../../lib/masking/masker.js';
import { optionsWith } from '../../support/events.js';

const { limits } = optionsWith();
const maskingBy = (mask: Masker['mask']) => ({ masker: { mask }, limits });

describe('maskTree', () => {
  it('shows parents before children, with the names that lead to them', () => {
    const seen: unknown[] = [];
    const masking = maskingBy((path, key, value) => {
      seen.push([...path, key].join('.'));
      return value;
    });
    const value = { items: [{ sku: 'A1' }], note: null };
    expect(maskTree(masking, ['request'], 'body', value)).toEqual(value);
    expect(seen).toEqual([
      ...['request.body', 'request.body.items', 'request.body.items.0'],
      ...['request.body.items.0.sku', 'request.body.note'],
    ]);
  });

  it('does not enter what the masker replaced', () => {
    const masking = maskingBy((_path, key, value) => (key === 'card' ? { last: 4 } : value));
    expect(maskTree(masking, [], 'body', { card: { number: '4111' } })).toEqual({ card: { last: 4 } });
  });

  it('bounds a text that the masker made', () => {
    const masking = maskingBy(() => 'x'.repeat(limits.stringLength + 1));
    expect(maskTree(masking, [], 'body', 'short')).toMatch(/\[truncated, \d+ characters\]$/);
  });
});

describe('maskRecord', () => {
  it('masks a name that could hold a secret, and keeps names apart that look the same then', () => {
    const masking = maskingBy((_path, key, value) => (key === '' ? '***' : value));
    const record = { plain: 1, 'ada@shop.example': 2, 'bob@shop.example': 3 };
    expect(maskRecord(masking, [], record)).toEqual({ plain: 1, '***': 2, '*** (2)': 3 });
  });

  it('makes no prototype of a name', () => {
    const record = JSON.parse('{"__proto__": {"admin": true}}') as Record<string, Json>;
    const masked = maskRecord(
      maskingBy((_path, _key, value) => value),
      [],
      record,
    );
    expect(Object.getPrototypeOf(masked)).toBe(Object.prototype);
    expect(Object.keys(masked)).toEqual(['[__proto__]']);
  });
});

describe('askMasker', () => {
  it.each<[string, () => unknown]>([
    ['nothing', () => undefined],
    ['a function', () => () => 'secret'],
    ['a promise', () => Promise.reject(new Error('asynchronous'))],
    [
      'a throw',
      () => {
        throw new Error('broken');
      },
    ],
  ])('takes %s for a failure, which clears nothing', (_what, mask) => {
    expect(askMasker({ mask }, [], 'key', 'secret')).toBe(MASKING_FAILED);
  });
});
