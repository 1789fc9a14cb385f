import { LRUCache } from 'lru-cache';
import type { StackFrame } from '../event/error-event.js';
import { type InAppRules, locateFile } from './locate-file.js';
import { parseFrame } from './parse-frame.js';
import { findHeadEnd } from './stack-head.js';

const MAX_FRAMES = 50;
/** Characters of a stack that are read, without its head. */
const MAX_BODY = 65_536;
const MAX_CACHED_BODY = 16_384;

interface Parsed {
  readonly projectRoot: string;
  readonly rules: InAppRules | undefined;
  readonly headFound: boolean;
  readonly frames: readonly StackFrame[];
}

type Locate = (file: string) => ReturnType<typeof locateFile>;

/**
 * Keyed by the stack without its head, so that one bug is parsed once although its messages differ.
 */
const cache = new LRUCache<string, Parsed>({
  max: 500,
  maxSize: 1_048_576,
  sizeCalculation: (_parsed, body) => body.length + 1,
});

/**
 * Parses a V8 stack, top first, at most 50 frames. Equal stacks share one frozen result: copy a
 * frame to change it.
 *
 * @param head `name: message` of the error, or its message; it is cut off first, so that no line of
 *   it becomes a frame
 * @param projectRoot absolute real path; files inside it are in-app and made relative to it
 * @param rules the same object every time: cached stacks are compared by it
 */
export function parseStack(
  stack: string,
  head: string | undefined,
  projectRoot: string,
  rules?: InAppRules,
): readonly StackFrame[] {
  const end = findHeadEnd(stack, head);
  const headFound = end !== undefined;
  const body = headFound ? stack.slice(end, end + MAX_BODY) : tailOf(stack);
  const cached = cache.get(body);
  const isSame =
    cached?.projectRoot === projectRoot && cached.rules === rules && cached.headFound === headFound;
  if (isSame) return cached.frames;
  // A slice would keep the whole string in memory; a copy does not.
  const copy = Buffer.from(body).toString();
  const frames = (headFound ? firstFrames : lastFrames)(copy, (file) => locateFile(file, projectRoot, rules));
  if (copy.length <= MAX_CACHED_BODY) cache.set(copy, { projectRoot, rules, headFound, frames });
  return frames;
}

/** If the head is not known, the frames are at the end. */
function tailOf(stack: string): string {
  if (stack.length <= MAX_BODY) return stack;
  const tail = stack.slice(-MAX_BODY);
  return tail.slice(tail.indexOf('\n') + 1);
}

/**
 * The frames after the head, up to the next head. Some libraries append the stack of the cause.
 */
function firstFrames(body: string, locate: Locate): readonly StackFrame[] {
  const frames: StackFrame[] = [];
  for (const line of linesOf(body)) {
    const frame = toFrame(line, locate);
    if (frame) frames.push(frame);
    else if (frames.length > 0 && /^\S/.test(line) && !line.startsWith('From previous event')) break;
    if (frames.length === MAX_FRAMES) break;
  }
  return Object.freeze(frames);
}

/**
 * The last unbroken run of frames. Lines of an unknown message may look like frames and come before
 * it.
 */
function lastFrames(body: string, locate: Locate): readonly StackFrame[] {
  let frames: StackFrame[] = [];
  let broken = false;
  for (const line of linesOf(body)) {
    if (!parseFrame(line)) {
      broken ||= line.trim() !== '';
      continue;
    }
    if (broken) frames = [];
    broken = false;
    const frame = frames.length < MAX_FRAMES ? toFrame(line, locate) : undefined;
    if (frame) frames.push(frame);
  }
  return Object.freeze(frames);
}

function* linesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length;) {
    const end = text.indexOf('\n', from);
    yield text.slice(from, end === -1 ? text.length : end);
    from = end === -1 ? text.length : end + 1;
  }
}

function toFrame(line: string, locate: Locate): StackFrame | undefined {
  const frame = parseFrame(line);
  return frame && Object.freeze(Object.assign(frame, locate(frame.file)));
}
