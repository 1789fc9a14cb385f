import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprintOf } from '../../support/made-error.js';

/**
 * An error as it was thrown: by Node 20, TypeORM 1.1, pg 8, mysql2 3, MariaDB 10, PostgreSQL 15,
 * and the others.
 */
interface Recorded {
  readonly name: string;
  /** Name of the class, where it is not the error's own. */
  readonly constructor?: string;
  readonly message: string;
  readonly stack: string;
  readonly properties?: object;
  readonly cause?: Recorded;
  readonly driverError?: Recorded;
  readonly errors?: readonly Recorded[];
}
type Thrown = Recorded | { readonly array: readonly { constructor: string; properties: object }[] };
const errors = JSON.parse(
  readFileSync(join(__dirname, '../../support/recorded-errors.json'), 'utf8'),
) as Readonly<Record<string, Thrown>>;

function classNamed(
  name: string,
  parent: new (...args: never[]) => object,
): new (...args: unknown[]) => object {
  return { [name]: class extends parent {} }[name] as new (...args: unknown[]) => object;
}

function revive(thrown: Thrown): unknown {
  if ('array' in thrown) {
    return thrown.array.map((one) =>
      Object.assign(new (classNamed(one.constructor, Object))(), one.properties),
    );
  }
  const own = Object.hasOwn(thrown, 'constructor') ? String(thrown.constructor) : thrown.name;
  const error = new (classNamed(own, Error))(thrown.message) as Error;
  const { name, stack, cause, driverError, errors: children } = thrown;
  return Object.assign(error, {
    ...(name !== 'Error' && { name }),
    stack,
    ...thrown.properties,
    ...(cause && { cause: revive(cause) }),
    ...(driverError && { driverError: revive(driverError) }),
    ...(children && { errors: children.map(revive) }),
  });
}

function keyOf(label: string): string {
  const thrown = errors[label];
  if (!thrown) throw new Error(`Nothing recorded as "${label}"`);
  return fingerprintOf(revive(thrown), { transaction: 'POST /orders' }).key;
}

const databases = ['sqlite', 'postgres', 'mariadb'];

it.each([
  ...databases.flatMap((name) => [
    [`typeorm ${name} duplicate ada`, `typeorm ${name} duplicate bob`],
    [`typeorm ${name} order of user 77`, `typeorm ${name} order of user 1234`],
    [`typeorm ${name} user 7 not found`, `typeorm ${name} user 8 not found`],
  ]),
  ['pg integer "abc"', 'pg integer "4f"'],
  ['pg login ada', 'pg login bob'],
  ['mysql2 duplicate ada', 'mysql2 duplicate bob'],
  ['mysql2 syntax', 'mysql2 syntax elsewhere'],
  ['fetch refused', 'fetch refused elsewhere'],
  ['json html', 'json bad gateway'],
  ['axios 503', 'axios 503 elsewhere'],
  ['axios timeout 20', 'axios timeout 35'],
  ['zod age 3', 'zod age 17'],
  ['zod line 0', 'zod line 1'],
  ['class-validator age 3', 'class-validator age 4'],
  ['rxjs timeout 10', 'rxjs timeout 15'],
  ['rxjs map 18 later', 'rxjs map 19 later'],
  ['fs no file a', 'fs no file b'],
  ['node argument number', 'node argument object'],
  ['bigint abc', 'bigint def'],
  ['overflow', 'overflow from elsewhere'],
  ['nest thrown on', 'nest wrapped'],
  ['dist: stock lamp', 'ts-node: stock lamp'],
  ['dist: stock lamp', 'source maps: stock lamp'],
  ['dist: stock chair', 'ts-node: stock chair'],
  ['dist: stock chair', 'source maps: stock chair'],
  ['dist: stock chair', 'esm: stock chair'],
  ['dist: shelf', 'ts-node: shelf'],
  ['dist: shelf', 'source maps: shelf'],
  ['dist: stock lamp', 'esm: stock lamp'],
  ['dist: shelf', 'esm: shelf'],
  ['minified: stock lamp', 'minified next release: stock lamp'],
  ['minified: shelf', 'minified next release: shelf'],
  ['pnpm pg 8.15.5 division', 'pnpm pg 8.16.0 division'],
])('one issue: %s, %s', (first, second) => {
  expect(keyOf(second)).toBe(keyOf(first));
});

it.each([
  ...databases.flatMap((name) => [
    [`typeorm ${name} duplicate ada`, `typeorm ${name} no age`],
    [`typeorm ${name} duplicate ada`, `typeorm ${name} order of user 77`],
    [`typeorm ${name} user 7 not found`, `typeorm ${name} order 7 not found`],
    [`typeorm ${name} no column "shipped"`, `typeorm ${name} no column "colour"`],
  ]),
  ['pg no table', 'pg syntax'],
  ['pg no table', 'pg division'],
  ['pg integer "abc"', 'pg refused'],
  ['mysql2 duplicate ada', 'mysql2 null'],
  ['mysql2 no table', 'mysql2 syntax'],
  ['mysql2 callback duplicate', 'mysql2 callback null'],
  ['fetch refused', 'fetch unknown host'],
  ['fetch refused', 'fetch headers timeout'],
  ['fetch timeout', 'fetch aborted'],
  ['fetch bad url', 'fetch bad port'],
  ['json html', 'json empty'],
  ['axios 404', 'axios 503'],
  ['axios timeout 20', 'axios refused'],
  ['zod age 3', 'zod email'],
  ['class-validator age 3', 'class-validator email'],
  ['rxjs empty first', 'rxjs timeout 10'],
  ['fs no file a', 'fs directory'],
  ['fs no file a', 'fs sync no file'],
  ['undefined name', 'undefined customer'],
  ['no function a', 'no function b'],
  ['nest wrapped', 'nest wrapped with words'],
  ['nest bare', 'nest not found'],
  ['nest not found', 'nest not found of another method'],
  ['nest no prices', 'nest no rates'],
  ['dist: stock lamp', 'dist: shelf'],
  ['mangled: stock lamp', 'mangled: shelf'],
  ['bundle: stock lamp', 'bundle: shelf'],
])('two issues: %s, %s', (first, second) => {
  expect(keyOf(second)).not.toBe(keyOf(first));
});
