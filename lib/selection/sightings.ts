import { hasIdentity } from '../values/type-guards.js';
import { SECOND_MS } from '../time/durations.js';
import { filledText, read } from '../values/safe-read.js';

const MAX_PRIMITIVES = 10;

/** Where a door sees an exception. */
export interface Seen {
  readonly source: string;
  /**
   * Stands for the request or job, by its identity. It keeps the primitives that were captured in
   * it.
   */
  readonly reporting: { primitives?: Map<unknown, string> } | undefined;
}

interface Sighting extends Seen {
  readonly id: string;
}

interface StackSighting extends Sighting {
  readonly stack: string;
  /** Monotonic milliseconds. */
  readonly at: number;
}

const MAX_STACKS = 50;
const MAX_STACK_AGE_MS = 2 * SECOND_MS;

/**
 * Remembers what was captured, so that an exception that several doors see is one event.
 *
 * - Objects are told apart by identity, which works for frozen ones too and leaves no trace on
 *   them.
 * - A primitive counts as the same throw within one request.
 * - An object that doors of the same kind see in different requests was thrown anew, as constants
 *   are.
 * - A log line may carry only the text of a stack. If the log and another door see the same stack
 *   within two seconds, the first counts.
 */
export class Sightings {
  private readonly objects = new WeakMap<object, Sighting>();
  private readonly stacks: StackSighting[] = [];

  /**
   * Id of the event that was made of this throw; `''` if it was dropped; `undefined` if it is new.
   */
  find(exception: unknown, seen: Seen): string | undefined {
    if (!hasIdentity(exception)) return seen.reporting?.primitives?.get(exception);
    const before = this.objects.get(exception);
    if (before) return isThrownAnew(before, seen) ? undefined : before.id;
    const stack = filledText(read(exception, 'stack'));
    const same = stack === undefined ? undefined : this.stacks.find(isSameThrow(stack, seen));
    // From now on the object is known by its identity.
    if (same) this.objects.set(exception, { id: same.id, source: seen.source, reporting: seen.reporting });
    return same?.id;
  }

  remember(exception: unknown, id: string, seen: Seen): void {
    if (hasIdentity(exception)) {
      this.objects.set(exception, { id, source: seen.source, reporting: seen.reporting });
      const stack = filledText(read(exception, 'stack'));
      if (stack === undefined) return;
      this.stacks.push({ id, source: seen.source, reporting: seen.reporting, stack, at: performance.now() });
      if (this.stacks.length > MAX_STACKS) this.stacks.shift();
    } else if (seen.reporting) {
      const primitives = (seen.reporting.primitives ??= new Map());
      if (primitives.size < MAX_PRIMITIVES) primitives.set(exception, id);
    }
  }
}

function isThrownAnew(before: Sighting, now: Seen): boolean {
  return (
    before.reporting !== undefined &&
    now.reporting !== undefined &&
    before.reporting !== now.reporting &&
    before.source === now.source
  );
}

/**
 * Stacks are compared only between the log, which has no object, and other doors. Elsewhere, equal
 * stacks are separate throws.
 */
function isSameThrow(stack: string, now: Seen): (before: StackSighting) => boolean {
  const since = performance.now() - MAX_STACK_AGE_MS;
  return (before) =>
    (before.source === 'log') !== (now.source === 'log') &&
    before.stack === stack &&
    before.at >= since &&
    (before.reporting === now.reporting || before.reporting === undefined || now.reporting === undefined);
}
