import type { StackFrame } from '../event/error-event.js';
import { fileKey, functionKey, packageOf } from './frame-key.js';

const MAX_FRAMES = 3;
const MAX_CYCLE = 5;
const MAX_PACKAGES = 2;

/**
 * File and function of the first in-app frames of a stack, without lines and columns.
 *
 * @param isOverflow the stack overflowed: the function on top is then chance, and only the
 *   recursion counts
 * @param lineOf source line of an anonymous frame; frames with neither name nor line are skipped
 */
export function appFrameParts(
  frames: readonly StackFrame[],
  isOverflow: boolean,
  lineOf: (frame: StackFrame) => string | undefined,
): readonly string[] {
  const calls: Call[] = [];
  for (const frame of frames) {
    const name = frame.inApp ? (functionKey(frame.function) ?? lineOf(frame)) : undefined;
    if (name !== undefined) calls.push({ key: `${fileKey(frame.file)} ${name}`, frame });
  }
  const recursion = isOverflow ? calls.findIndex((call, index) => lastCallOf(calls, call) > index) : -1;
  return collapseRecursion(recursion > 0 ? calls.slice(recursion) : calls);
}

interface Call {
  readonly key: string;
  readonly frame: StackFrame;
}

/**
 * The top frames down to the first recursion. Of a recursion the set of functions counts: its
 * depth, and the function in which it broke, vary.
 */
function collapseRecursion(calls: readonly Call[]): readonly string[] {
  const top: string[] = [];
  for (const [index, call] of calls.entries()) {
    if (top.length === MAX_FRAMES) break;
    const last = lastCallOf(calls, call);
    if (last > index) {
      const cycle = new Set(calls.slice(index, last + 1).map(({ key }) => key));
      return [...top, ...[...cycle].sort().slice(0, MAX_CYCLE)];
    }
    top.push(call.key);
  }
  return top;
}

/**
 * The last frame of the same call. Methods of two classes in one file may have the same name; their
 * receivers and lines differ, those of a recursion do not.
 */
function lastCallOf(calls: readonly Call[], { key, frame }: Call): number {
  return calls.findLastIndex(
    (other) =>
      other.key === key && (other.frame.function === frame.function || other.frame.line === frame.line),
  );
}

/**
 * Package and function of the first frames that belong to packages, without file and version. They
 * count for stacks without in-app frames.
 */
export function packageParts(frames: readonly StackFrame[]): readonly string[] {
  const parts = new Set<string>();
  for (const frame of frames) {
    const name = packageOf(frame);
    if (name === undefined) continue;
    parts.add(`${name} ${functionKey(frame.function) ?? '<anonymous>'}`);
    if (parts.size === MAX_PACKAGES) break;
  }
  return [...parts];
}
