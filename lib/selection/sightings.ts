import { hasIdentity } from '../values/type-guards.js';
import { filledText, read } from '../values/safe-read.js';

const MAX_PRIMITIVES = 10;

/** Where a door sees an exception. */
export interface Place {
  readonly source: string;
  /**
   * Stands for the request or job, by its identity. It keeps the primitives that were captured in
   * it.
   */
  readonly visit: { primitives?: Map<unknown, string> } | undefined;
}

interface Sighting extends Place {
  readonly id: string;
}

interface StackSighting extends Sighting {
  readonly stack: string;
  /** Monotonic milliseconds. */
  readonly at: number;
}

const MAX_STACKS = 50;
const STACK_AGE_MS = 2_000;

/**
 * Remembers what was captured, so that an exception that several doors see is one event.
 *
 * - Objects are told apart by identity, which works for frozen ones too and leaves no trace on
 *   them.
 * - A primitive counts as the same throw within one request.
 * - An object that doors of the same kind see in different requests was thrown anew, as constants
 *   are.
 * - An exception that is logged as text has only its stack left. If a log and another door see the
 *   same stack at about the same time, the first of them counts.
 */
export class Sightings {
  private readonly objects = new WeakMap<object, Sighting>();
  private readonly stacks: StackSighting[] = [];

  /**
   * Id of the event that was made of this throw; `''` if it was dropped; `undefined` if it is new.
   */
  find(exception: unknown, place: Place): string | undefined {
    if (!hasIdentity(exception)) return place.visit?.primitives?.get(exception);
    const before = this.objects.get(exception);
    if (before) return isThrownAnew(before, place) ? undefined : before.id;
    const stack = filledText(read(exception, 'stack'));
    const same = stack === undefined ? undefined : this.stacks.find(isSameThrow(stack, place));
    // From now on the object is known by its identity.
    if (same) this.objects.set(exception, { id: same.id, source: place.source, visit: place.visit });
    return same?.id;
  }

  remember(exception: unknown, id: string, place: Place): void {
    if (hasIdentity(exception)) {
      this.objects.set(exception, { id, source: place.source, visit: place.visit });
      const stack = filledText(read(exception, 'stack'));
      if (stack === undefined) return;
      this.stacks.push({ id, source: place.source, visit: place.visit, stack, at: performance.now() });
      if (this.stacks.length > MAX_STACKS) this.stacks.shift();
    } else if (place.visit) {
      const primitives = (place.visit.primitives ??= new Map());
      if (primitives.size < MAX_PRIMITIVES) primitives.set(exception, id);
    }
  }
}

function isThrownAnew(before: Sighting, now: Place): boolean {
  return (
    before.visit !== undefined &&
    now.visit !== undefined &&
    before.visit !== now.visit &&
    before.source === now.source
  );
}

/**
 * Only a log has the text instead of the exception. Elsewhere, equal stacks of two objects are two
 * throws.
 */
function isSameThrow(stack: string, now: Place): (before: StackSighting) => boolean {
  const since = performance.now() - STACK_AGE_MS;
  return (before) =>
    (before.source === 'log') !== (now.source === 'log') &&
    before.stack === stack &&
    before.at >= since &&
    (before.visit === now.visit || before.visit === undefined || now.visit === undefined);
}
