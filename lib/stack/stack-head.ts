/**
 * Only the first characters of a message are searched for, near the stack's beginning: cheap at any
 * size.
 */
const MAX_NEEDLE_LENGTH = 256;
const MAX_WINDOW_LENGTH = 2048;
const MAX_SEPARATORS = 5;

/**
 * Finds where the `name: message` head of a stack ends, so that a message that looks like a frame
 * is not taken for one. The engine wrote the head when the error was made, and name or message may
 * have changed since; any part of the head that still stands there is enough.
 *
 * @param head `name: message`, or the message alone
 * @returns `undefined` if no part of the head is found
 */
export function findHeadEnd(stack: string, head: string | undefined): number | undefined {
  if (!head) return undefined;
  let from = 0;
  for (let n = 0; n <= MAX_SEPARATORS; n++) {
    const end = endOf(stack, from === 0 ? head : head.slice(from));
    if (end !== undefined) return end;
    const separator = head.slice(from, from + MAX_WINDOW_LENGTH).indexOf(': ');
    if (separator === -1) return undefined;
    from += separator + 2;
  }
  return undefined;
}

function endOf(stack: string, text: string): number | undefined {
  if (text === '') return undefined;
  const start = stack.slice(0, MAX_WINDOW_LENGTH);
  const firstFrame = start.indexOf('\n    at ');
  const found = start.indexOf(text.slice(0, MAX_NEEDLE_LENGTH));
  if (found === -1 || (firstFrame !== -1 && found > firstFrame)) return undefined;
  const before = stack.slice(Math.max(0, found - 2), found);
  const end = found + text.length;
  const isWhole =
    (before === '' || before === ': ' || before.endsWith('\n')) && stack.startsWith(text, found);
  return isWhole && (end === stack.length || stack.charAt(end) === '\n') ? end : undefined;
}
