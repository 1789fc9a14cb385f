import { listOf, refuse } from './option-checks.js';
import type { Check } from './option-checks.js';

const keyName: Check<string> = (value, path) => {
  // Without a letter or digit nothing is left once separators are ignored, and nothing is a part of every name.
  if (typeof value === 'string' && value.length <= 100 && /[\p{L}\p{N}]/u.test(value)) return value;
  return refuse(path, 'a key name of at most 100 characters with a letter or digit in it', value);
};

export const keyNames = listOf(keyName, 'key names');

const pattern: Check<RegExp> = (value, path) => {
  if (!(value instanceof RegExp)) return refuse(path, 'a RegExp', value, 'For example /EMP-\\d{6}/.');
  if (new RegExp(value.source, value.flags.replace(/[gy]/g, '')).test('')) {
    return refuse(path, 'a RegExp that does not match the empty text', value, 'Use + instead of *.');
  }
  return value;
};

export const patterns = listOf(pattern, 'RegExps');
