import type { TextKind } from './text/secret-finder.js';

/**
 * What stands at a place of an event. `frame` is prose that comes again and again: files,
 * functions.
 */
export type PlaceKind = TextKind | 'frame';

/** The path of a frame: what masks its file and its function. */
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
 * The path of source lines that are read after masking. They are masked once for all events they
 * stand in, and so in the name of the first frame.
 */
export const LATER_SOURCE_PATH = sourcePath(framePath('0', '0'));

export function kindOf(path: readonly string[]): PlaceKind {
  const [part, , list, , within] = path;
  if (part !== 'exceptions' || list !== 'frames') return 'prose';
  if (within === undefined) return 'frame';
  return within === 'context' ? 'code' : 'prose';
}
