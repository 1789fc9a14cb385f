import type { TextKind } from './text/secret-finder.js';

/** What kind of text a path leads to. `frame` is prose that recurs: files and functions. */
export type PathKind = TextKind | 'frame';

/** The path of a frame. Its file and its function are masked under it. */
export function framePath(exception: string, frame: string): readonly string[] {
  return ['exceptions', exception, 'frames', frame];
}

/** The path of the source lines around a frame. */
export function sourcePath(frame: readonly string[]): readonly string[] {
  return [...frame, 'context'];
}

/** The path of the local variables of a frame. */
export function variablesPath(frame: readonly string[]): readonly string[] {
  return [...frame, 'variables'];
}

/**
 * The path of source lines that are read after masking. They are masked once for all events that
 * show them, so they use the path of the first frame.
 */
export const LATER_SOURCE_PATH = sourcePath(framePath('0', '0'));

export function kindOf(path: readonly string[]): PathKind {
  const [part, , list, , within] = path;
  if (part !== 'exceptions' || list !== 'frames') return 'prose';
  if (within === undefined) return 'frame';
  return within === 'context' ? 'code' : 'prose';
}
