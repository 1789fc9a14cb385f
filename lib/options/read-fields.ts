import { ErrorTrackerConfigurationError } from '../errors/configuration.error.js';
import { refuse, type Check } from './option-checks.js';
import { suggestOption } from './suggest-option.js';

/** What a table of checks makes of an object: the fields that were given. */
export type Given<C> = { [K in keyof C]?: C[K] extends Check<infer T> ? T : never };

/** Reads the fields of a small object inside an option. `undefined` counts as not given. */
export function readFields<C extends Readonly<Record<string, Check<unknown>>>>(
  path: string,
  given: unknown,
  checks: C,
): Given<C> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return refuse(path, 'an object', given, `It has the fields ${Object.keys(checks).join(', ')}.`);
  }
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(checks, key));
  if (unknown !== undefined) {
    const meant = suggestOption(unknown, Object.keys(checks));
    throw new ErrorTrackerConfigurationError(
      `Unknown option "${path}.${unknown.slice(0, 80)}".`,
      meant ? `Did you mean "${meant}"?` : `Known are: ${Object.keys(checks).join(', ')}.`,
    );
  }
  return checkFields(path, given, checks);
}

/** Checks the fields that are there, each read once and by name: a class instance with accessors is as good as a literal. */
export function checkFields<C extends Readonly<Record<string, Check<unknown>>>>(
  path: string,
  given: object,
  checks: C,
): Given<C> {
  const result: Record<string, unknown> = {};
  for (const [key, check] of Object.entries(checks)) {
    const value = (given as Readonly<Record<string, unknown>>)[key];
    if (value !== undefined) result[key] = check(value, path === '' ? key : `${path}.${key}`);
  }
  return result as Given<C>;
}
