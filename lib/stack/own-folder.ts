import { readFileSync } from 'node:fs';
import { parseFrame } from './parse-frame.js';
import { plainPath } from './plain-path.js';

/**
 * The folder from which this library was loaded, e.g.
 * `/app/node_modules/nestjs-error-tracker/dist/esm`. It is `undefined` inside a bundle of the
 * application, where our files cannot be told from its files.
 */
export const ownFolder: string | undefined = findOwnFolder();

/**
 * A stack tells the folder. The source becomes ESM and CommonJS, so it has no `import.meta` or
 * `__dirname`.
 */
function findOwnFolder(): string | undefined {
  const stack: unknown = new Error().stack;
  if (typeof stack !== 'string') return undefined;
  for (const line of stack.split('\n', 4)) {
    const frame = parseFrame(line);
    if (frame) return folderOf(plainPath(frame.file));
  }
  return undefined;
}

function folderOf(file: string): string | undefined {
  const source = /^(.+)\/stack\/own-folder\.[cm]?[jt]s$/.exec(file);
  if (source) return source[1];
  const built = /^((.+)\/dist\/(?:esm|cjs))\//.exec(file);
  return built && isOwnPackage(built[2] ?? '') ? built[1] : undefined;
}

/**
 * A bundled application may have a folder `dist/esm` as well, so the name in package.json decides.
 */
function isOwnPackage(folder: string): boolean {
  try {
    const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as { name?: unknown };
    return manifest.name === 'nestjs-error-tracker';
  } catch {
    return false;
  }
}
