import { ErrorTrackerConfigurationError } from '../errors/configuration.error.js';
import { isObject } from '../values/type-guards.js';
import { refuse } from './checks.js';
import { EXTRA_NAMES } from './extra-names.js';
import { fillIn, type Given, type Option, type Resolved, type Rows } from './option.js';
import { suggestOption } from './suggest-option.js';

/**
 * Reads the options of one section, or those outside of all sections. `undefined` counts as not
 * given.
 *
 * @param section its name; empty outside of all sections
 * @param knownPaths the paths of all options: a mistyped one may belong to another section
 */
export function readSection<Table extends Rows>(
  section: string,
  given: unknown,
  table: Table,
  knownPaths: readonly string[],
): Given<Table> {
  if (given === undefined) return {};
  if (!isObject(given) || Array.isArray(given)) {
    return refuse(section || 'options', 'an object', given, 'Put the settings in braces.');
  }
  for (const name of Object.keys(given)) {
    const path = join(section, name);
    // A name with a dot in it would be taken for the path of another option.
    if (name.includes('.') || !knownPaths.includes(path)) refuseUnknown(path, knownPaths);
  }
  return checkFields(section, given, table);
}

/**
 * A small object among the options of a section, e.g. `capture.request`; its fields have a table of
 * their own.
 */
export function group<Table extends Rows<Resolved<Table>>>(table: Table): Option<Resolved<Table>> {
  return {
    check: (value, path) => fillIn(table, readFields(path, value, table), {}),
    fallback: () => fillIn(table, {}, {}),
  };
}

/** Reads the fields of a small object inside an option. `undefined` counts as not given. */
export function readFields<Table extends Rows>(path: string, given: unknown, table: Table): Given<Table> {
  const names = Object.keys(table);
  if (!isObject(given) || Array.isArray(given)) {
    return refuse(path, 'an object', given, `It has the fields ${names.join(', ')}.`);
  }
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const meant = suggestOption(unknown, names);
    throw new ErrorTrackerConfigurationError(
      `Unknown option "${path}.${unknown.slice(0, 80)}".`,
      meant ? `Did you mean "${meant}"?` : `Known are: ${names.join(', ')}.`,
    );
  }
  return checkFields(path, given, table);
}

/**
 * Reads each field once and by its name, so that a class instance with accessors is as good as an
 * object literal.
 */
function checkFields<Table extends Rows>(path: string, given: object, table: Table): Given<Table> {
  const result: Record<string, unknown> = {};
  for (const [name, { check }] of Object.entries(table)) {
    const value = (given as Readonly<Record<string, unknown>>)[name];
    if (value !== undefined) result[name] = check(value, join(path, name));
  }
  return result as Given<Table>;
}

function refuseUnknown(path: string, knownPaths: readonly string[]): never {
  const name = path.length <= 80 ? path : `${path.slice(0, 80)}…`;
  if ((EXTRA_NAMES as readonly string[]).includes(path)) {
    throw new ErrorTrackerConfigurationError(
      `Option "${name}" is built by Nest and cannot come from here.`,
      `Write it next to the factory: forRootAsync({ ${name}: …, useFactory: … }).`,
    );
  }
  const meant = suggestOption(path, knownPaths);
  throw new ErrorTrackerConfigurationError(
    `Unknown option "${name}".`,
    meant ? `Did you mean "${meant}"?` : `Known are: ${knownPaths.filter(isBeside(path)).join(', ')}.`,
  );
}

function isBeside(path: string): (known: string) => boolean {
  const section = path.slice(0, path.lastIndexOf('.') + 1);
  return (known) => known.startsWith(section) && known.lastIndexOf('.') === section.length - 1;
}

function join(section: string, name: string): string {
  return section === '' ? name : `${section}.${name}`;
}
