import { ErrorTrackerConfigurationError } from '../errors/configuration.error.js';
import { EXTRA_NAMES } from './extra-names.js';
import type { Check } from './option-checks.js';
import { refuse } from './option-checks.js';
import { KNOWN_PATHS } from './option-table.js';
import { checkFields, type Given } from './read-fields.js';
import { suggestOption } from './suggest-option.js';

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
  for (const key of Object.keys(given)) {
    if (!Object.hasOwn(checks, key) && !nested.includes(key)) refuseUnknown(pathOf(section, key));
  }
  return checkFields(section, given, checks);
}

function pathOf(section: string, key: string): string {
  return section === '' ? key : `${section}.${key}`;
}

function refuseUnknown(path: string): never {
  const name = path.length <= 80 ? path : `${path.slice(0, 80)}…`;
  if ((EXTRA_NAMES as readonly string[]).includes(path)) {
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
