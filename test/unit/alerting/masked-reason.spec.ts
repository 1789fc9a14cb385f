import { failureReason } from '../../../lib/alerting/masked-reason.js';
import { KeyMasker } from '../../../lib/masking/key.masker.js';
import type { Masker } from '../../../lib/masking/masker.js';
import { optionsWith } from '../../support/events.js';

const masker = new KeyMasker(optionsWith());
const reason = (error: unknown, by: Masker = masker): string => failureReason(error, by);

describe('failureReason', () => {
  it('has name, message and code, on one line', () => {
    const error = Object.assign(new Error('connect\nrefused'), { code: 'ECONNREFUSED' });
    expect(reason(error)).toBe('Error: connect refused (ECONNREFUSED)');
    expect(reason(Object.assign(new Error('E1 failed'), { code: 'E1' }))).toBe('Error: E1 failed');
    expect(reason('just a text')).toBe('just a text');
  });

  it('masks before it cuts, so that no half of a secret is left', () => {
    const line = reason(new Error(`${'x'.repeat(280)} 4111111111111111`));
    expect(line.length).toBeLessThanOrEqual(300);
    expect(line).not.toContain('41111');
  });

  it.each([
    [
      'an error that cannot be read',
      Object.assign(new Error('x'), { toString: undefined, name: Symbol('x') }),
    ],
    ['an object without a text', Object.create(null) as unknown],
    ['an empty text', ''],
  ])('says that it does not know for %s', (_what, error) => {
    expect(reason(error)).toBe('Unknown failure.');
  });

  it('survives a masker that throws, and shows nothing of the message then', () => {
    const broken = {
      mask() {
        throw new Error('broken');
      },
    } as unknown as Masker;
    expect(reason(new Error('hunter2'), broken)).not.toContain('hunter2');
  });
});
