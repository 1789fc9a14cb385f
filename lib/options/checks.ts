import { ErrorTrackerConfigurationError } from '../errors/configuration.error.js';
import { shownType, shownValue } from './shown-value.js';

/**
 * Reads one option. Copies lists, so later changes to the caller's list have no effect.
 *
 * @throws {ErrorTrackerConfigurationError} if the option does not allow the value
 */
export type Check<T> = (value: unknown, path: string) => T;

/** Throws the standard refusal. */
export function refuse(path: string, expected: string, value: unknown, cure = ''): never {
  throw new ErrorTrackerConfigurationError(
    `Option "${path}" must be ${expected}, got ${shownValue(value)}.`,
    cure || `Correct it or leave it out.`,
  );
}

/** Like `refuse`, for values that may be secret: the message names their type only. */
export function refuseSecret(path: string, expected: string, value: unknown, cure: string): never {
  throw new ErrorTrackerConfigurationError(
    `Option "${path}" must be ${expected}, got ${shownType(value)}.`,
    cure,
  );
}

/** Stands for every list that is empty by default. */
export const NONE: readonly never[] = Object.freeze([]);

export const flag: Check<boolean> = (value, path) =>
  typeof value === 'boolean' ? value : refuse(path, 'true or false', value);

export function integer(min: number, max: number): Check<number> {
  return (value, path) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
      ? (value as number)
      : refuse(path, `an integer from ${min} to ${max}`, value);
}

export function oneOf<const V extends readonly (string | false)[]>(...values: V): Check<V[number]> {
  return (value, path) =>
    values.includes(value as V[number])
      ? (value as V[number])
      : refuse(
          path,
          `one of ${values.map((one) => (one === false ? 'false' : `"${one}"`)).join(', ')}`,
          value,
        );
}

/** A number from 0 to 1. */
export const share: Check<number> = (value, path) =>
  typeof value === 'number' && value >= 0 && value <= 1 ? value : refuse(path, 'a number from 0 to 1', value);

// eslint-disable-next-line no-control-regex -- it looks for control characters
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** One line of text with something in it. Spaces around it are dropped. */
export function line(max: number): Check<string> {
  return (value, path) =>
    typeof value === 'string' && value.trim() !== '' && value.length <= max && !CONTROL.test(value)
      ? value.trim()
      : refuse(path, `one line of 1 to ${max} characters`, value);
}

/** One line of text that is kept to the letter. It may be empty. */
export function rawLine(max: number): Check<string> {
  return (value, path) =>
    typeof value === 'string' && value.length <= max && !CONTROL.test(value)
      ? value
      : refuse(path, `one line of at most ${max} characters`, value);
}

export function callback<T extends (...args: never[]) => unknown>(): Check<T> {
  return (value, path) => (typeof value === 'function' ? (value as T) : refuse(path, 'a function', value));
}

/** A list of which every entry passes the check. The result is a frozen copy. */
export function listOf<T>(check: Check<T>, of: string): Check<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) {
      refuse(path, `a list of ${of}`, value, 'Put it in square brackets, also a single entry.');
    }
    return Object.freeze(value.map((entry: unknown, index) => check(entry, `${path}[${index}]`)));
  };
}
