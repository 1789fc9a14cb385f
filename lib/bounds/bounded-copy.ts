import { types } from 'node:util';
import type { Json } from '../event/error-event.js';
import type { ResolvedLimits } from '../options/resolved-options.js';
import { storableText } from '../values/storable-text.js';
import { isError } from '../values/type-guards.js';
import { cutAtWord, hardCap } from './bounded-text.js';
import { createBudget, isMoreEntries, MORE_KEY, moreEntries } from './copy-budget.js';
import type { CopyBudget } from './copy-budget.js';
import { describeObject, describePrimitive } from './describe-value.js';
import {
  boundedKey,
  errorProperties,
  firstOf,
  isPollutingKey,
  mapEntries,
  propertiesOf,
  setValues,
  sizeOf,
  textMapEntries,
} from './object-entries.js';
import type { Entries } from './object-entries.js';

const UNREADABLE = '[unreadable]';

/**
 * Makes a plain JSON copy of any value within the limits. The copy shows where something was cut.
 * Its strings may be longer than `limits.stringLength` (see `hardCap`), since the final cut comes
 * after masking. A copy of a copy is the same.
 *
 * The only code of the value that runs are own getters of plain objects: no `toJSON`, no iterator,
 * no inherited getter, no Proxy trap, no `then`. Never throws.
 *
 * @param budget shared by the parts of one event, see `createBudget`
 * @param options `getters`: whether getters of plain objects run. Default `true`
 */
export function boundedCopy(
  value: unknown,
  limits: ResolvedLimits,
  budget = createBudget(limits),
  { getters = true } = {},
): Json {
  return new Copier(limits, budget, getters).copy(value);
}

class Copier {
  /** The objects around the current value. Siblings may share an object, which is no cycle. */
  private readonly path: object[] = [];
  private readonly longest: number;

  constructor(
    private readonly limits: ResolvedLimits,
    private readonly budget: CopyBudget,
    private readonly getters: boolean,
  ) {
    this.longest = hardCap(limits);
  }

  copy(value: unknown): Json {
    // The note of an earlier copy is free, or a copy of a copy would lose entries.
    if (isMoreEntries(value)) return value as string;
    this.budget.nodes--;
    if (typeof value === 'string') return this.text(value);
    // JSON has no -0. Adding 0 makes it 0.
    if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : String(value);
    if (typeof value === 'boolean') return value;
    if (value === null || value === undefined) return null;
    try {
      return typeof value === 'object' ? this.object(value) : this.text(describePrimitive(value));
    } catch {
      return UNREADABLE;
    }
  }

  private text(text: string): string {
    const room = Math.min(this.longest, Math.max(0, this.budget.characters));
    this.budget.characters -= Math.min(text.length, room);
    return cutAtWord(text, room);
  }

  private object(value: object): Json {
    if (types.isProxy(value)) return '[Proxy]';
    if (this.path.includes(value)) return '[circular]';
    const isList = Array.isArray(value);
    const prototype: unknown = isList ? null : Object.getPrototypeOf(value);
    if (prototype !== null && prototype !== Object.prototype) {
      const description = describeObject(value);
      if (description !== undefined) return this.text(description);
    }
    if (this.path.length >= this.limits.depth) return isList ? '[list, too deep]' : '[object, too deep]';
    this.path.push(value);
    try {
      return isList ? this.list(value, value.length) : this.container(value);
    } finally {
      this.path.pop();
    }
  }

  private container(value: object): Json {
    const most = this.limits.entries;
    if (types.isSet(value)) return this.list(firstOf(setValues(value), most), sizeOf(value));
    if (types.isMap(value)) {
      const entries = textMapEntries(value, most);
      return entries
        ? this.record(entries, sizeOf(value))
        : this.list(firstOf(mapEntries(value), most), sizeOf(value));
    }
    const entries = isError(value) ? errorProperties(value) : propertiesOf(value, this.getters);
    return this.record(entries, entries.keys.length);
  }

  private list(items: readonly unknown[], length: number): Json {
    const result: Json[] = [];
    let index = 0;
    for (; index < length && index < this.limits.entries && this.budget.nodes > 0; index++) {
      const item = this.read(() => items[index]);
      // `undefined` becomes `null`, which a copy of this copy would count.
      if (item === undefined) this.budget.nodes--;
      result.push(item ?? null);
    }
    const rest = length - index;
    if (rest === 1 && isMoreEntries(items[index])) result.push(items[index] as string);
    else if (rest > 0) result.push(moreEntries(rest));
    return result;
  }

  private record(entries: Entries, length: number): Json {
    const result: Record<string, Json> = {};
    let index = 0;
    for (; index < length && index < this.limits.entries && this.budget.nodes > 0; index++) {
      const key = entries.keys[index] ?? '';
      if (isPollutingKey(key)) continue;
      const value = this.read(() => entries.read(key));
      if (value === undefined) continue;
      const name = storableText(boundedKey(key));
      this.budget.characters -= name.length;
      result[name] = value;
    }
    const rest = length - index;
    const last = rest === 1 && entries.keys[index] === MORE_KEY ? entries.read(MORE_KEY) : undefined;
    if (isMoreEntries(last)) result[MORE_KEY] = last as string;
    else if (rest > 0) result[MORE_KEY] = moreEntries(rest);
    return result;
  }

  /**
   * Copies one entry, `undefined` if it has no value. An unreadable entry does not spoil its
   * siblings.
   */
  private read(get: () => unknown): Json | undefined {
    let value: unknown;
    try {
      value = get();
    } catch {
      this.budget.nodes--;
      return UNREADABLE;
    }
    return value === undefined ? undefined : this.copy(value);
  }
}
