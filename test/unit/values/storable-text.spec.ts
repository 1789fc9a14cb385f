import { storableText } from '../../../lib/values/storable-text.js';

describe('storableText', () => {
  it('leaves ordinary text alone', () => {
    const text = 'Grüße, 世界 💥\n\t"\'';
    expect(storableText(text)).toBe(text);
  });

  it('replaces what databases refuse', () => {
    expect(storableText('a\u0000b\ud83dc\ude00💥')).toBe('a\ufffdb\ufffdc\ufffd💥');
  });
});
