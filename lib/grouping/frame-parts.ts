import type { StackFrame } from '../event/error-event.js';
import { fileKey, functionKey, packageOf } from './frame-key.js';

const MAX_FRAMES = 3;
const MAX_CYCLE = 5;
const MAX_PACKAGES = 2;

/**
 * What the top of a stack says about the bug: file and function of its first in-app frames, without lines and columns.
 *
 * @param isOverflow the stack ran over: which function was on top then is chance, only the recursion counts
 * @param lineOf source line of an anonymous frame; frames that have neither name nor line are skipped
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

/** The top frames down to the first recursion: of that the set counts, for how deep and where in its turn it broke varies. */
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

/** Methods of two classes in one file may have the same name: their receivers and lines differ, those of a recursion do not. */
function lastCallOf(calls: readonly Call[], { key, frame }: Call): number {
  return calls.findLastIndex(
    (other) =>
      other.key === key && (other.frame.function === frame.function || other.frame.line === frame.line),
  );
}

/** For stacks without in-app frames: package and function of the first frames of packages, without file and version. */
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
