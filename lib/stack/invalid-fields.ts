import { read } from '../values/safe-read.js';
import { isList, isObject } from '../values/type-guards.js';

const MAX_ISSUES = 100;
const MAX_FIELDS = 10;
const DEEPEST = 5;

/**
 * What validation found wrong, without the values: `age min, email isEmail`. Of errors with a list of `issues` (Zod and all that
 * follow Standard Schema) and of the lists that class-validator throws; `undefined` for anything else.
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
    const names = path.slice(0, DEEPEST).map((part) => {
      const key = isObject(part) ? read(part, 'key') : part;
      // A place in a list is as good as any other.
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
    if (isList(children) && depth < DEEPEST) addValidationErrors(children, `${path}.`, depth + 1, found);
  }
}
