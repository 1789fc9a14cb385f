import type { Check } from './checks.js';

/**
 * One row of a table of options: how the option is read, and what it is where the application says
 * nothing.
 */
export interface Option<T, Default = T, Known = unknown> {
  readonly check: Check<T>;
  /** Computes the default from `Known`, the options resolved so far. */
  readonly fallback: (known: Known) => Default;
}

/** An option with a default that is always the same. */
export function option<T>(check: Check<T>, fallback: NoInfer<T>): Option<T> {
  return { check, fallback: () => fallback };
}

/** An option that is `undefined` where the application says nothing. */
export function optional<T>(check: Check<T>): Option<T, undefined> {
  return { check, fallback: () => undefined };
}

/** An option whose default is made of the surroundings or of other options. */
export function computed<T, Default extends T | undefined, Known>(
  check: Check<T>,
  fallback: (known: Known) => Default,
): Option<T, Default, NoInfer<Known>> {
  return { check, fallback };
}

/** The rows for an interface of options. A field that has no row does not compile. */
export type OptionTable<T> = { readonly [K in keyof T]-?: Option<NonNullable<T[K]>, unknown, never> };

/** Any table; its defaults are made of `Known`. */
export type Rows<Known = never> = Readonly<Record<string, Option<unknown, unknown, Known>>>;

/** What the application gave of a table: checked, without defaults. */
export type Given<Table> = {
  [K in keyof Table]?: Table[K] extends Option<infer T, unknown, never> ? T : never;
};

/** What a table makes of the given options: nothing is missing any more. */
export type Resolved<Table> = {
  readonly [K in keyof Table]: Table[K] extends Option<infer T, infer Default, never> ? T | Default : never;
};

/**
 * Fills in the defaults.
 *
 * @param known what defaults may be made of, besides the other options of the table
 */
export function fillIn<Known extends object, Table extends Rows<Known & Resolved<Table>>>(
  table: Table,
  given: Given<Table>,
  known: Known,
): Resolved<Table> {
  const made: Record<string, unknown> = { ...given };
  const all = { ...known } as Known & Resolved<Table>;
  const rows = Object.entries(table);
  // A default is made when it is asked for, so that it may be made of options further down.
  for (const [name, { fallback }] of rows) {
    Object.defineProperty(all, name, { get: () => (made[name] ??= fallback(all)) });
  }
  return Object.freeze(Object.fromEntries(rows.map(([name]) => [name, all[name]]))) as Resolved<Table>;
}
