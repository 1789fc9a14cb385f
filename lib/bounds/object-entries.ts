import { types } from 'node:util';
import { dataText, className } from './describe-value.js';

const MAX_KEY_LENGTH = 256;

/** The entries of an object that are worth copying, in order. `read` may throw. */
export interface Entries {
  readonly keys: readonly string[];
  read(key: string): unknown;
}

/**
 * Own enumerable properties. Getters run on plain objects only, if at all: those of classes may do
 * anything.
 */
export function propertiesOf(value: object, getters: boolean): Entries {
  const record = value as Readonly<Record<string, unknown>>;
  const read =
    getters && isPlainInAnyRealm(value)
      ? (key: string) => record[key]
      : (key: string) => dataProperty(value, key);
  return { keys: Object.keys(value), read };
}

/** `name`, `message`, own properties, cause and inner errors of an error. Never its stack. */
export function errorProperties(error: object): Entries {
  const keys = Object.keys(error);
  const isMysqlError = keys.includes('sqlMessage');
  const own = keys.filter(
    (key) =>
      !['name', 'message', 'stack', 'cause', 'errors'].includes(key) && !(key === 'sql' && isMysqlError),
  );
  const hanging = ['cause', 'errors'].filter((key) => Object.hasOwn(error, key));
  // The masker cannot judge parameters bound to SQL: they have no names.
  const isQuery = own.includes('query') && own.includes('parameters');
  return {
    keys: ['name', 'message', ...own, ...hanging],
    read: (key) => {
      if (key === 'name') return dataText(error, 'name') ?? className(error) ?? 'Error';
      if (key === 'message') return dataText(error, 'message') ?? '';
      return isQuery && key === 'parameters' ? '[bound parameters]' : dataProperty(error, key);
    },
  };
}

/** The entries of a map whose keys are all texts or numbers, `undefined` for any other map. */
export function textMapEntries(map: Map<unknown, unknown>, most: number): Entries | undefined {
  const known = new Map<string, unknown>();
  for (const [key, value] of firstOf(mapEntries(map), most + 1)) {
    if (typeof key !== 'string' && typeof key !== 'number') return undefined;
    known.set(String(key), value);
  }
  return { keys: [...known.keys()], read: (key) => known.get(key) };
}

/** The true number of entries, even if a subclass says another one. */
export function sizeOf(container: Map<unknown, unknown> | Set<unknown>): number {
  const prototype = types.isMap(container) ? Map.prototype : Set.prototype;
  return Object.getOwnPropertyDescriptor(prototype, 'size')?.get?.call(container) as number;
}

export function mapEntries(map: Map<unknown, unknown>): Iterator<[unknown, unknown]> {
  return Map.prototype.entries.call(map) as Iterator<[unknown, unknown]>;
}

export function setValues(set: Set<unknown>): Iterator<unknown> {
  return Set.prototype.values.call(set) as Iterator<unknown>;
}

export function firstOf<T>(iterator: Iterator<T>, most: number): T[] {
  const taken: T[] = [];
  for (let step = iterator.next(); !step.done && taken.length < most; step = iterator.next()) {
    taken.push(step.value);
  }
  return taken;
}

/** A key name within bounds. Both ends stay, since the masker judges by the name. */
export function boundedKey(key: string): string {
  return key.length <= MAX_KEY_LENGTH ? key : `${key.slice(0, 120)}…${key.slice(-120)}`;
}

/** Names that change what an object is instead of what it holds. */
export function isPollutingKey(key: string): boolean {
  return key === '__proto__' || key === 'constructor' || key === 'prototype';
}

/**
 * Unlike `isPlainObject`, this also accepts plain objects of another realm, such as those of `vm`:
 * their getters are as harmless as ours.
 */
function isPlainInAnyRealm(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null || prototype === Object.prototype) return true;
  // Plain objects of another realm have a prototype of their own.
  return !types.isProxy(prototype) && Object.getPrototypeOf(prototype) === null;
}

function dataProperty(value: object, key: string): unknown {
  const property = Object.getOwnPropertyDescriptor(value, key);
  return property?.get ? '[Getter]' : property?.value;
}
