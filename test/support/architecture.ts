import { packageOf, readImports } from './imports.js';
import type { Files, Import } from './imports.js';

/** Lowest first. The layers of one tier may not import one another. */
export type Tiers = readonly (readonly string[])[];

export interface PackageNames {
  /** Dependencies and required peers: any file may import them. */
  readonly required: readonly string[];
  /** Optional peers of an entry point of their own. */
  readonly optional: readonly string[];
  /** Database drivers: the application's choice. */
  readonly drivers: readonly string[];
}

const place = ({ file, line }: Import): string => `${file}:${line}`;

/** Imports that go up, sideways, or touch a file that no layer claims. */
export function findWrongDirections(files: Files, tiers: Tiers, layerOf: (file: string) => string): string[] {
  const tierOf = (layer: string): number => tiers.findIndex((tier) => tier.includes(layer));
  const strays = [...files.keys()]
    .filter((file) => tierOf(layerOf(file)) < 0)
    .map(
      (file) =>
        `${file} is in no layer (${layerOf(file)}): move it, or name the layer in architecture.spec.ts`,
    );
  const breaches = readImports(files).flatMap((line) => {
    if (line.target === undefined) return [];
    const [from, to] = [layerOf(line.file), layerOf(line.target)];
    if (from === to || tierOf(to) < tierOf(from)) return [];
    const relation = tierOf(to) === tierOf(from) ? 'stands beside' : 'stands above';
    return [`${place(line)} (${from}) imports ${line.target} (${to}), which ${relation} it`];
  });
  return [...strays, ...breaches];
}

/** Imports of an index, of a folder, or of nothing that exists. */
export function findVagueImports(files: Files): string[] {
  return (
    readImports(files)
      // A `?text` is no module: the build and jest make a string of the file, and fail if it is missing.
      .filter(({ specifier }) => specifier.startsWith('.') && !specifier.endsWith('?text'))
      .flatMap((line) => {
        const said = `${place(line)} imports '${line.specifier}'`;
        if (/(^|\/)index(\.[jt]sx?)?$/.test(line.specifier))
          return [`${said}, an index: import the file itself`];
        if (!line.specifier.endsWith('.js')) return [`${said}, not a file: write its path with .js`];
        return line.target === undefined ? [`${said}, and there is no such file`] : [];
      })
  );
}

/** Files that import one another in a circle, each on one line at most. Types count, except within `exempt/`. */
export function findCycles(files: Files, exempt: string): string[] {
  const within = (file: string): boolean => file.startsWith(`${exempt}/`);
  const next = new Map<string, Set<string>>([...files.keys()].map((file) => [file, new Set()]));
  for (const { file, target, kind } of readImports(files)) {
    if (target === undefined || (kind === 'type' && within(file) && within(target))) continue;
    next.get(file)?.add(target);
  }
  const told = new Set<string>();
  return [...files.keys()].flatMap((file) => {
    const cycle = told.has(file) ? undefined : shortestWay(file, file, next);
    for (const member of cycle ?? []) told.add(member);
    return cycle === undefined ? [] : [cycle.join(' -> ')];
  });
}

/** Files from `start` to `end` along the imports, at least one step. */
function shortestWay(
  start: string,
  end: string,
  next: ReadonlyMap<string, ReadonlySet<string>>,
): string[] | undefined {
  const ways: string[][] = [[start]];
  const seen = new Set<string>();
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    for (const file of next.get(way[way.length - 1] ?? start) ?? []) {
      if (file === end) return [...way, file];
      if (!seen.has(file)) ways.push([...way, file]);
      seen.add(file);
    }
  }
  return undefined;
}

/**
 * Packages that may be missing where the file runs: whatever package.json does not require. An optional peer may
 * be named by `import type`, and loaded from files the root entry does not reach; a driver may be
 * loaded by `import()` from anywhere.
 */
export function findMissablePackages(files: Files, root: string, packages: PackageNames): string[] {
  const reached = reachableFrom(root, files);
  return readImports(files).flatMap((line) => {
    const name = packageOf(line.specifier);
    if (name === undefined || packages.required.includes(name)) return [];
    const said = `${place(line)} imports '${line.specifier}'`;
    const isDriver = packages.drivers.includes(name);
    if (!isDriver && !packages.optional.includes(name))
      return [`${said}, which package.json does not require`];
    if (line.kind === 'type' || (isDriver && line.kind === 'dynamic')) return [];
    if (isDriver) return [`${said}, which may not be installed: use import type or import()`];
    const way = reached.get(line.file);
    return way === undefined
      ? []
      : [`${said}, an optional peer, and ${root} reaches it: ${way.join(' -> ')}`];
  });
}

/** How `root` comes to every file that it makes the engine load, at once or later. */
function reachableFrom(root: string, files: Files): ReadonlyMap<string, readonly string[]> {
  const loads = readImports(files).filter(({ kind }) => kind !== 'type');
  const ways = new Map<string, readonly string[]>(files.has(root) ? [[root, [root]]] : []);
  // A Map hands out entries that are added while it is walked.
  for (const [file, way] of ways) {
    for (const line of loads) {
      if (line.file === file && line.target !== undefined && !ways.has(line.target)) {
        ways.set(line.target, [...way, line.target]);
      }
    }
  }
  return ways;
}
