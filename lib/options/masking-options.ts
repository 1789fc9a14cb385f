import { ErrorTrackerConfigurationError } from '../errors/configuration.error.js';
import { line, listOf, NONE, refuse, type Check } from './checks.js';
import { option, type OptionTable, type Resolved } from './option.js';

/**
 * What is masked before anything is stored, mailed or shown, besides what the built-in rules find.
 */
export interface MaskingOptions {
  /**
   * Further parts of key names whose values are masked. Case and separators do not matter.
   * @defaultValue none besides the built-in list
   */
  keys?: readonly string[];
  /**
   * Key names that are shown although a rule would mask them.
   * @defaultValue none
   */
  allow?: readonly string[];
  /**
   * Further patterns that are masked inside text. Keep them linear: they run over hostile input.
   * @defaultValue none besides the built-in list
   */
  patterns?: readonly RegExp[];
  /**
   * What stands in place of a secret.
   * @defaultValue `[masked]`
   */
  replacement?: string;
}

const keyName: Check<string> = (value, path) => {
  // Separators are ignored. A name of separators only would be empty then, and a part of every
  // other name.
  if (typeof value === 'string' && value.length <= 100 && /[\p{L}\p{N}]/u.test(value)) return value;
  return refuse(path, 'a key name of at most 100 characters with a letter or digit in it', value);
};

const keyNames = listOf(keyName, 'key names');

const pattern: Check<RegExp> = (value, path) => {
  if (!(value instanceof RegExp)) return refuse(path, 'a RegExp', value, 'For example /EMP-\\d{6}/.');
  if (new RegExp(value.source, value.flags.replace(/[gy]/g, '')).test('')) {
    return refuse(path, 'a RegExp that does not match the empty text', value, 'Use + instead of *.');
  }
  return value;
};

export const MASKING = {
  keys: option(keyNames, NONE),
  allow: option(keyNames, NONE),
  patterns: option(listOf(pattern, 'RegExps'), NONE),
  replacement: option(line(40), '[masked]'),
} satisfies OptionTable<MaskingOptions>;

/** Refuses a name that is to be masked and shown. */
export function checkMasking({ keys, allow }: Resolved<typeof MASKING>): void {
  const both = keys.find((key) => allow.some((allowed) => bare(allowed) === bare(key)));
  if (both === undefined) return;
  throw new ErrorTrackerConfigurationError(
    `Options "masking.keys" and "masking.allow" both name ${JSON.stringify(both)}.`,
    'Keep it in one of them.',
  );
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
