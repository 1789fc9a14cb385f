import { types } from 'node:util';
import { boundedCopy } from '../bounds/bounded-copy.js';
import { boundedText } from '../bounds/bounded-text.js';
import type { Json } from '../event/error-event.js';
import type { ResolvedLimits } from '../options/resolved-options.js';
import { isList } from '../values/type-guards.js';
import type { Masker } from './masker.js';

/** Who masks, and how much of a masked value is kept. */
export interface Masking {
  readonly masker: Masker;
  readonly limits: ResolvedLimits;
}

/** Replaces what the masker failed on. Unmasked data never leaves. */
export const MASKING_FAILED = '[masking failed]';

/** Names that cannot hold a secret themselves: they are short and hold no long number. */
const PLAIN_NAME = /^(?!(?:\D*\d){4})[\w$-]{0,19}$/;

/**
 * Shows a tree of plain data to the masker, parents first, and builds the masked tree. Never
 * throws.
 *
 * @param path names from the root to the parent of the value
 */
export function maskTree(masking: Masking, path: readonly string[], key: string, value: Json): Json {
  const { masker, limits } = masking;
  const masked = askMasker(masker, path, key, value);
  if (typeof masked === 'string') return boundedText(masked, limits.stringLength);
  if (masked !== value) return boundedCopy(masked, limits);
  if (typeof value !== 'object' || value === null) return value;
  const inner = [...path, key];
  return isList(value)
    ? value.map((entry, index) => maskTree(masking, inner, String(index), entry))
    : maskRecord(masking, inner, value);
}

/** Shows each entry of a record to the masker under its name. */
export function maskRecord(
  masking: Masking,
  path: readonly string[],
  value: Readonly<Record<string, Json>>,
): Record<string, Json> {
  const result: Record<string, Json> = {};
  for (const key of Object.keys(value)) {
    const entry = value[key];
    if (entry === undefined) continue;
    const name = PLAIN_NAME.test(key) ? key : maskFreeText(masking, path, key);
    result[freeName(result, name)] = maskTree(masking, path, key, entry);
  }
  return result;
}

/** Masks a text that has no name to judge it by. */
export function maskFreeText({ masker, limits }: Masking, path: readonly string[], text: string): string {
  const masked = askMasker(masker, path, '', text);
  return typeof masked === 'string' ? boundedText(masked, limits.stringLength) : MASKING_FAILED;
}

/** The masker's answer, or a marker if it threw, answered with nothing or with a promise. */
export function askMasker(masker: Masker, path: readonly string[], key: string, value: Json): unknown {
  try {
    const masked = masker.mask(path, key, value);
    if (types.isPromise(masked)) {
      // Maskers cannot be asynchronous. The rejection of this mistake must not reach the process.
      void Promise.prototype.then.call(masked, undefined, () => undefined);
      return MASKING_FAILED;
    }
    return masked === undefined || typeof masked === 'function' ? MASKING_FAILED : masked;
  } catch {
    return MASKING_FAILED;
  }
}

/** Two names may look the same once they are masked. */
function freeName(record: Readonly<Record<string, Json>>, name: string): string {
  if (name === '__proto__') return '[__proto__]';
  let free = name;
  for (let count = 2; Object.hasOwn(record, free); count++) free = `${name} (${count})`;
  return free;
}
