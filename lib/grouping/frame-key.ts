import type { StackFrame } from '../event/error-event.js';

const OUTPUT_FOLDER = /^(?:(?:dist|build|out|lib|src)\/)+|(?<=\/)(?:dist|build|out|src)\//g;
const EXTENSION = /\.[cm]?[jt]sx?$/;
/** Hashes in bundles' names: at least eight hex digits, or eight characters with a digit. */
const HASH = /(?<=[.-])(?=[A-Za-z_]*\d)\w{8}(?=[.-]|$)|(?<![\dA-Za-z])(?=[a-f]*\d)[\da-f]{8,}(?![\dA-Za-z])/g;
/** Names that the engine gives to callbacks of timers and to evaluated code. */
const CALLBACK = /^(?:_onTimeout|_onImmediate|eval)$/;

/** A file's name that is the same in every build: without extension, output folder and hash. */
export function fileKey(file: string): string {
  return file.replaceAll('\\', '/').replace(OUTPUT_FOLDER, '').replace(EXTENSION, '').replace(HASH, '*');
}

/**
 * A function's own name, without `async`, `new`, its receiver and `[as …]`; `undefined` for
 * anonymous code.
 */
export function functionKey(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const plain = name.replace(/ \[as [^\]]*\]$/, '').replace(/^(?:async |new |bound )+/, '');
  const last = plain.slice(plain.lastIndexOf('.') + 1);
  return last === '' || last.includes('<anonymous>') || CALLBACK.test(last) ? undefined : last;
}

/**
 * The package of a frame; `undefined` for Node, for files outside packages, and for this library.
 */
export function packageOf(frame: StackFrame): string | undefined {
  const file = frame.file.replaceAll('\\', '/');
  const at = file.lastIndexOf('node_modules/');
  const name =
    at === -1 ? undefined : /^(?:@[^/]+\/)?[^/]+/.exec(file.slice(at + 'node_modules/'.length))?.[0];
  return name === 'nestjs-error-tracker' ? undefined : name;
}
