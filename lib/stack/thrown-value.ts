import { types } from 'node:util';
import { filledText, read } from '../values/safe-read.js';

const MAX_KEYS = 20;
const MAX_KEY = 50;
/** More keys than these are not sorted. */
const MAX_SORTED = 1000;
const MAX_BIGINT = 2n ** 1024n;

/**
 * A title for a thrown value that is no error. It names the keys of an object and none of its
 * values.
 */
export function titleOfValue(value: unknown): string {
  try {
    switch (typeof value) {
      case 'string':
        return value;
      case 'function':
        return `function ${filledText(read(value, 'name')) ?? ''}`.trim();
      case 'object':
        return value === null ? 'null' : titleOfObject(value);
      case 'bigint':
        // Writing a huge BigInt in decimal takes seconds.
        return value < MAX_BIGINT && value > -MAX_BIGINT ? `${String(value)}` : 'a very large BigInt';
      default:
        return String(value);
    }
  } catch {
    return 'a value that cannot be read';
  }
}

function titleOfObject(value: object): string {
  if (types.isPromise(value)) return 'a promise';
  if (Array.isArray(value)) return `array of ${value.length}`;
  if (ArrayBuffer.isView(value)) return `binary data of ${value.byteLength} bytes`;
  if (types.isBoxedPrimitive(value)) return titleOfValue(value.valueOf());
  const text = filledText(read(value, 'message')) ?? filledText(read(value, 'name'));
  if (text !== undefined) return text;
  const keys = Object.keys(value);
  if (keys.length === 0) return 'object without keys';
  const shown = (keys.length <= MAX_SORTED ? keys.sort() : keys).slice(0, MAX_KEYS);
  const rest = keys.length > MAX_KEYS ? ', …' : '';
  return `object with keys ${shown.map((key) => key.slice(0, MAX_KEY)).join(', ')}${rest}`;
}
