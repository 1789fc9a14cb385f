import { parseFrame } from './parse-frame.js';
import { plainPath } from './plain-path.js';

/**
 * The folder this library was loaded from, e.g. `/app/node_modules/nestjs-error-tracker/dist/esm`; `undefined` inside a
 * bundle, where our files cannot be told from the application's.
 */
export const ownFolder: string | undefined = findOwnFolder();

/** Our source is compiled to both module kinds, so neither `import.meta` nor `__dirname` is there to ask: a stack is. */
function findOwnFolder(): string | undefined {
  const stack: unknown = new Error().stack;
  if (typeof stack !== 'string') return undefined;
  for (const line of stack.split('\n', 4)) {
    const frame = parseFrame(line);
    if (frame) return /^(.+)\/stack\/own-folder\.[cm]?[jt]s$/.exec(plainPath(frame.file))?.[1];
  }
  return undefined;
}
