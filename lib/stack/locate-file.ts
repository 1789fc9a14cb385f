import { existsSync } from 'node:fs';
import { LRUCache } from 'lru-cache';
import { ownFolder } from './own-folder.js';
import { plainPath } from './plain-path.js';

/** Folders and archives in which package managers keep packages. */
const DEPENDENCY_MARKS = ['/node_modules/', '/.pnpm/', '/.yarn/', '.zip/', '/.pnp.'];

/** Parts of paths, or patterns for them, that overrule what the path says by itself. */
export interface InAppRules {
  readonly inApp: readonly (string | RegExp)[];
  /** Wins where both match. */
  readonly notInApp: readonly (string | RegExp)[];
}

const NO_RULES: InAppRules = { inApp: [], notInApp: [] };

export interface FileLocation {
  /** Relative to the project root for the application's own files, else as written in the stack. */
  readonly file: string;
  readonly inApp: boolean;
}

/**
 * Decides by its name whether a file of a stack belongs to the application. Only names that come
 * from source maps are looked up on the disk, each once.
 */
export function locateFile(written: string, projectRoot: string, rules = NO_RULES): FileLocation {
  const location = locate(written, projectRoot);
  if (rules.inApp.length === 0 && rules.notInApp.length === 0) return location;
  const path = plainPath(written);
  if (rules.notInApp.some((rule) => isMatch(rule, path))) return { file: location.file, inApp: false };
  if (location.inApp || !rules.inApp.some((rule) => isMatch(rule, path))) return location;
  const root = folderPrefix(projectRoot);
  return { file: path.startsWith(root) ? path.slice(root.length) : written, inApp: true };
}

function isMatch(rule: string | RegExp, path: string): boolean {
  return typeof rule === 'string' ? path.includes(rule) : rule.test(path);
}

function locate(written: string, projectRoot: string): FileLocation {
  const outside = { file: written, inApp: false };
  const bundled = written.includes('webpack') ? bundledPath(written) : undefined;
  if (bundled !== undefined) return isDependency(bundled) ? outside : { file: bundled, inApp: true };
  const path = plainPath(written);
  const root = folderPrefix(projectRoot);
  if (!path.startsWith(root) || path.includes('/../')) return outside;
  if (ownPrefix !== undefined && path.startsWith(ownPrefix)) return outside;
  const file = path.slice(root.length);
  return file === '' || isDependency(file) || isForeignSource(path) ? outside : { file, inApp: true };
}

const onDisk = new LRUCache<string, boolean>({ max: 2000 });

/**
 * Whether a TypeScript file is a package's and not the application's. Under `--enable-source-maps`,
 * which `nest start` sets, packages with maps appear under the paths of their own sources, often
 * outside of `node_modules`: `<root>/src/driver/Driver.ts`. Such a file does not exist in the
 * application.
 */
function isForeignSource(path: string): boolean {
  if (!process.sourceMapsEnabled || !/\.[cm]?tsx?$/.test(path)) return false;
  let exists = onDisk.get(path);
  if (exists === undefined) {
    exists = existsSync(path) || builtFiles(path).some((built) => existsSync(built));
    onDisk.set(path, exists);
  }
  return !exists;
}

/** Possible outputs of a source file: a container often has the built files and not the sources. */
function builtFiles(path: string): readonly string[] {
  const [, root = '', file = ''] = /^(.*?\/)src\/(.+)\.[cm]?tsx?$/.exec(path) ?? [];
  if (file === '') return [];
  const folders = ['dist/', 'dist/src/', 'build/', 'build/src/', 'out/', 'lib/'];
  return folders.flatMap((folder) => ['.js', '.mjs', '.cjs'].map((end) => `${root}${folder}${file}${end}`));
}

const ownPrefix = ownFolder === undefined ? undefined : folderPrefix(ownFolder);

function folderPrefix(folder: string): string {
  const path = plainPath(folder);
  return path.endsWith('/') ? path : `${path}/`;
}

/** `webpack://shop/./src/a.ts?1f2e` and `/app/dist/webpack:/shop/src/a.ts` are `src/a.ts`. */
function bundledPath(written: string): string | undefined {
  const found = /(?:^|\/)webpack(-internal)?:\/(\/?[^/]*)\/(.*)$/s.exec(written);
  const path = found?.[3]?.replace(/\?[^/]*$/, '').replace(/^(?:\([^)/]*\)\/)?(?:\.{1,2}\/)*/, '');
  return path === '' ? undefined : path;
}

function isDependency(file: string): boolean {
  const path = `/${file}`;
  return DEPENDENCY_MARKS.some((mark) => path.includes(mark)) || /^(?:webpack\/|external )/.test(file);
}
