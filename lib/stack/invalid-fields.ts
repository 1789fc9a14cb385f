import { read } from '../values/safe-read.js';
import { isList, isObject } from '../values/type-guards.js';

const MAX_ISSUES = 100;
const MAX_FIELDS = 10;
const MAX_DEPTH = 5;

/**
 * Fields and rules that a validator found broken, without the values: `age min, email isEmail`. It
 * reads errors with a list of `issues` (Zod and everything that follows Standard Schema) and the
 * lists that class-validator throws. Returns `undefined` for anything else.
 */
export function invalidFields(thrown: unknown): string | undefined {
  const found = new Set<string>();
  const issues = read(thrown, 'issues');
  if (isList(issues)) addIssues(issues, found);
  else if (isList(thrown)) addValidationErrors(thrown, '', 0, found);
  return found.size === 0 ? undefined : [...found].sort().slice(0, MAX_FIELDS).join(', ');
}

function addIssues(issues: readonly unknown[], found: Set<string>): void {
  for (const issue of issues.slice(0, MAX_ISSUES)) {
    const path = read(issue, 'path');
    if (!isList(path)) continue;
    const names = path.slice(0, MAX_DEPTH).map((part) => {
      const key = isObject(part) ? read(part, 'key') : part;
      // The index in a list does not matter.
      return typeof key === 'string' ? key : '*';
    });
    const code = read(issue, 'code');
    found.add(`${names.join('.')} ${typeof code === 'string' ? code : ''}`.trim());
  }
}

function addValidationErrors(
  errors: readonly unknown[],
  parent: string,
  depth: number,
  found: Set<string>,
): void {
  for (const error of errors.slice(0, MAX_ISSUES)) {
    const property = read(error, 'property');
    if (typeof property !== 'string') continue;
    const path = `${parent}${/^\d+$/.test(property) ? '*' : property}`;
    const constraints = read(error, 'constraints');
    if (isObject(constraints)) for (const rule of Object.keys(constraints)) found.add(`${path} ${rule}`);
    const children = read(error, 'children');
    if (isList(children) && depth < MAX_DEPTH) addValidationErrors(children, `${path}.`, depth + 1, found);
  }
}
