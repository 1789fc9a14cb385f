import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { resolve, sep } from 'node:path';

const MAX_SOURCE_BYTES = 1_048_576;
const MAX_MAP_BYTES = 16 * 1_048_576;
/** Bundles are large, and so are the maps inside them. */
const MAX_BUILT_BYTES = 16 * 1_048_576;
const SOURCE_FILE = /\.[cm]?[jt]sx?$/;
const MAP_FILE = /\.map$/;

/**
 * Reads one of the application's own source files. Its name comes from a stack, which is hostile
 * text, so only a regular file of code is read that is really inside the project root, is not
 * hidden, and has at most 1 MiB.
 *
 * @param file relative to the project root
 * @returns `undefined` if there is no such file, or it may not be read
 */
export function readSource(projectRoot: string, file: string): string | undefined {
  return readInside(projectRoot, file, SOURCE_FILE, MAX_SOURCE_BYTES);
}

/**
 * The same for a file that may be a bundle, of at most 16 MiB. Never called in a request's turn.
 */
export function readBuilt(projectRoot: string, file: string): string | undefined {
  return readInside(projectRoot, file, SOURCE_FILE, MAX_BUILT_BYTES);
}

/** Whether a file of this name may be read: it is code and not hidden. */
export function isReadable(file: string): boolean {
  return SOURCE_FILE.test(file) && !isHidden(file.replaceAll('/', sep));
}

/**
 * The same for a source map, of at most 16 MiB. A built file names it, so the name is hostile, too.
 */
export function readSourceMap(projectRoot: string, file: string): string | undefined {
  return readInside(projectRoot, file, MAP_FILE, MAX_MAP_BYTES);
}

function readInside(projectRoot: string, file: string, kind: RegExp, maxBytes: number): string | undefined {
  if (!kind.test(file) || file.includes('\0')) return undefined;
  let descriptor: number | undefined;
  try {
    const path = realpathSync(resolve(projectRoot, file));
    const root = realpathSync(projectRoot);
    const inside = path.startsWith(root.endsWith(sep) ? root : root + sep)
      ? path.slice(root.length)
      : undefined;
    if (inside === undefined || !kind.test(path) || isHidden(inside)) return undefined;
    // The flags refuse a link that was put there a moment ago, and do not wait for a pipe's writer.
    descriptor = openSync(
      path,
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
    );
    const { size, isRegular } = describe(descriptor);
    return isRegular && size <= maxBytes ? readFileSync(descriptor, 'utf8') : undefined;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function isHidden(path: string): boolean {
  return path.split(sep).some((part) => part.startsWith('.'));
}

function describe(descriptor: number): { readonly size: number; readonly isRegular: boolean } {
  const stats = fstatSync(descriptor);
  return { size: stats.size, isRegular: stats.isFile() };
}

/**
 * The text from a place on, at most `limit` characters. Line and column are counted from 1. Returns
 * `undefined` past the end.
 */
export function textFrom(source: string, line: number, column: number, limit: number): string | undefined {
  let start = 0;
  for (let n = 1; n < line; n++) {
    start = source.indexOf('\n', start) + 1;
    if (start === 0) return undefined;
  }
  const from = start + column - 1;
  if (from > source.length) return undefined;
  // A slice would keep the whole string in memory; a copy does not.
  return Buffer.from(source.slice(from, from + limit)).toString();
}
