import { ErrorTrackerConfigurationError } from '../errors/configuration.error.js';
import type { Check } from './option-checks.js';
import { refuse } from './option-checks.js';
import { KNOWN_PATHS } from './option-table.js';
import { suggestOption } from './suggest-option.js';

/** What a section's checks make of it: the fields that were given. */
export type Given<C> = { [K in keyof C]?: C[K] extends Check<infer T> ? T : never };

/** Reads the fields of one object. `undefined` counts as not given. */
export function readSection<C extends Readonly<Record<string, Check<unknown>>>>(
  section: string,
  given: unknown,
  checks: C,
  nested: readonly string[] = [],
): Given<C> {
  if (given === undefined) return {};
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    refuse(section || 'options', 'an object', given, 'Put the settings in braces.');
  }
  const fields = given as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(fields)) {
    if (!Object.hasOwn(checks, key) && !nested.includes(key)) refuseUnknown(pathOf(section, key));
  }
  const result: Record<string, unknown> = {};
  for (const [key, check] of Object.entries(checks)) {
    // Read once and by name: a class instance with accessors is as good as a literal.
    const value = fields[key];
    if (value !== undefined) result[key] = check(value, pathOf(section, key));
  }
  return result as Given<C>;
}

function pathOf(section: string, key: string): string {
  return section === '' ? key : `${section}.${key}`;
}

/** Settings of the dynamic module itself; an asynchronous factory cannot return them. */
const EXTRAS = [
  'isGlobal',
  'store',
  'masker',
  'contextBuilders',
  'fingerprinter',
  'notifiers',
  'ticketTrackers',
  'permission',
];

function refuseUnknown(path: string): never {
  const name = path.length <= 80 ? path : `${path.slice(0, 80)}…`;
  if (EXTRAS.includes(path)) {
    throw new ErrorTrackerConfigurationError(
      `Option "${name}" is built by Nest and cannot come from here.`,
      `Write it next to the factory: forRootAsync({ ${name}: …, useFactory: … }).`,
    );
  }
  const meant = suggestOption(path, KNOWN_PATHS);
  throw new ErrorTrackerConfigurationError(
    `Unknown option "${name}".`,
    meant ? `Did you mean "${meant}"?` : `Known are: ${KNOWN_PATHS.filter(sameLevel(path)).join(', ')}.`,
  );
}

function sameLevel(path: string): (known: string) => boolean {
  const section = path.slice(0, path.lastIndexOf('.') + 1);
  return (known) => known.startsWith(section) && known.lastIndexOf('.') === section.length - 1;
}
