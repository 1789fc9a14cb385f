import { EventEmitter } from 'node:events';
import { types } from 'node:util';
import { isError } from '../values/type-guards.js';

/** Properties in which wrappers hold a socket, a request or a server. */
const CARRIERS = ['raw', 'socket', 'connection', 'req', 'res', 'server'];

const MAX_BIGINT = 2n ** 1024n;

/**
 * Describes an object that is not data, or cannot be entered safely, in a short text such as
 * `[Buffer 1024 bytes]` or `[IncomingMessage]`. Returns `undefined` for any other object. Runs no
 * code of the value and takes constant time.
 */
export function describeObject(value: object): string | undefined {
  if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value)) {
    return `[${className(value) ?? 'binary'} ${value.byteLength} bytes]`;
  }
  if (types.isDate(value)) return dateText(value);
  if (types.isRegExp(value)) return RegExp.prototype.toString.call(value);
  if (types.isMap(value) || types.isSet(value) || isError(value)) return undefined;
  if (value instanceof URL) return URL.prototype.toString.call(value);
  if (value instanceof URLSearchParams) return URLSearchParams.prototype.toString.call(value);
  return isRunning(value) ? `[${className(value) ?? 'object'}]` : undefined;
}

export function describePrimitive(value: unknown): string {
  if (typeof value === 'bigint') {
    // Writing a huge number in decimals takes seconds.
    return value < MAX_BIGINT && value > -MAX_BIGINT ? `${value}n` : '[BigInt]';
  }
  if (typeof value === 'symbol') return Symbol.prototype.toString.call(value);
  if (types.isProxy(value)) return '[Proxy]';
  const name = ownText(value as object, 'name');
  return name ? `[Function ${name}]` : '[Function]';
}

/** The name of an object's class, read without running a getter. */
export function className(value: object): string | undefined {
  let prototype = Object.getPrototypeOf(value) as object | null;
  for (let level = 0; prototype && level < 8; level++) {
    if (types.isProxy(prototype)) return undefined;
    const maker: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
    if (typeof maker === 'function' && !types.isProxy(maker)) return ownText(maker, 'name');
    prototype = Object.getPrototypeOf(prototype) as object | null;
  }
  return undefined;
}

/** A text that an object or one of its prototypes holds as data. Getters do not run. */
export function dataText(value: object, key: string): string | undefined {
  let holder: object | null = value;
  for (let level = 0; holder && level < 8 && !types.isProxy(holder); level++) {
    const found = Object.getOwnPropertyDescriptor(holder, key);
    if (found) return typeof found.value === 'string' ? found.value : undefined;
    holder = Object.getPrototypeOf(holder) as object | null;
  }
  return undefined;
}

function ownText(value: object, key: string): string | undefined {
  const text: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
  return typeof text === 'string' && text !== '' ? text.slice(0, 100) : undefined;
}

/**
 * Sockets, requests, promises and the like, or what wraps one: they stand for something that
 * happens.
 */
function isRunning(value: object): boolean {
  if (value instanceof EventEmitter) return true;
  if (types.isPromise(value) || types.isWeakMap(value) || types.isWeakSet(value)) return true;
  if (
    types.isGeneratorObject(value) ||
    types.isBoxedPrimitive(value) ||
    types.isModuleNamespaceObject(value)
  ) {
    return true;
  }
  return CARRIERS.some((key) => {
    const part: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
    return typeof part === 'object' && part !== null && !types.isProxy(part) && part instanceof EventEmitter;
  });
}

function dateText(value: Date): string {
  const time = Date.prototype.getTime.call(value);
  return Number.isNaN(time) ? 'Invalid Date' : new Date(time).toISOString();
}
