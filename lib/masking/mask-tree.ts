import { types } from 'node:util';
import type { Json } from '../event/error-event.js';
import type { ResolvedLimits } from '../options/resolved-options.js';
import { boundedCopy } from '../bounds/bounded-copy.js';
import { boundedText } from '../bounds/bounded-text.js';
import type { Masker } from './masker.js';

/** Stands where the masker failed: what it did not clear does not leave. */
export const MASKING_FAILED = '[masking failed]';

/** Names that cannot hold a secret themselves: short, and without a number in them. */
const PLAIN_NAME = /^(?!(?:\D*\d){4})[\w$-]{0,19}$/;

/** Shows a tree of plain data to a masker, parents first, and builds the masked one. Never throws. */
export class TreeMasker {
  constructor(
    private readonly masker: Masker,
    private readonly limits: ResolvedLimits,
  ) {}

  /** @param path names from the root to the parent of the value */
  tree(path: readonly string[], key: string, value: Json): Json {
    const masked = askMasker(this.masker, path, key, value);
    if (typeof masked === 'string') return boundedText(masked, this.limits.stringLength);
    if (masked !== value) return boundedCopy(masked, this.limits);
    if (typeof value !== 'object' || value === null) return value;
    const inner = [...path, key];
    return isList(value)
      ? value.map((entry, index) => this.tree(inner, String(index), entry))
      : this.record(inner, value);
  }

  /** The entries of a record, each shown under its name. */
  record(path: readonly string[], value: Readonly<Record<string, Json>>): Record<string, Json> {
    const result: Record<string, Json> = {};
    for (const key of Object.keys(value)) {
      const entry = value[key];
      if (entry === undefined) continue;
      const name = PLAIN_NAME.test(key) ? key : this.text(path, key);
      result[freeName(result, name)] = this.tree(path, key, entry);
    }
    return result;
  }

  /** Free text: no name to judge it by. */
  text(path: readonly string[], text: string): string {
    const masked = askMasker(this.masker, path, '', text);
    return typeof masked === 'string' ? boundedText(masked, this.limits.stringLength) : MASKING_FAILED;
  }
}

/** The masker's answer, or a marker if it threw, answered with nothing or with a promise. */
export function askMasker(masker: Masker, path: readonly string[], key: string, value: Json): unknown {
  try {
    const masked = masker.mask(path, key, value);
    if (types.isPromise(masked)) {
      // An asynchronous masker is a mistake; its rejection must not reach the process.
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

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
