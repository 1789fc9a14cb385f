import { sha256 } from '../../../lib/values/hash.js';

describe('sha256', () => {
  it('is 64 lower-case hexadecimal digits, of the text as UTF-8', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256('ü')).toBe('607474ca475a9724d7360aba71a56d5df77e61350e3f724cfa1f46e857e2d85f');
  });
});
