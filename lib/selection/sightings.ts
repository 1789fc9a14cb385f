import { hasIdentity } from '../values/type-guards.js';
import { filledText, read } from '../values/safe-read.js';

const MAX_PRIMITIVES = 10;

/** Where an exception is seen. */
export interface Place {
  readonly source: string;
  /** Stands for the request or job, by identity; keeps the primitives that were captured in it. */
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
 * Remembers what was captured, so that an exception seen by several doors is one event. Objects are told apart by
 * identity, which works on frozen ones too and leaves no trace on them; a primitive is taken for the same throw within
 * one request. An object that doors of the same kind see in different requests is thrown anew, as constants are. Of what is
 * logged as text only the stack is left: of two kinds of doors that see the same one at the same time, the first counts.
 */
export class Sightings {
  private readonly objects = new WeakMap<object, Sighting>();
  private readonly stacks: StackSighting[] = [];

  /** Id of the event that was made of this throw; `''` if it was dropped; `undefined` if it is new. */
  find(exception: unknown, place: Place): string | undefined {
    if (!hasIdentity(exception)) return place.visit?.primitives?.get(exception);
    const before = this.objects.get(exception);
    if (before) return isThrownAnew(before, place) ? undefined : before.id;
    const stack = filledText(read(exception, 'stack'));
    const same = stack === undefined ? undefined : this.stacks.find(isSameThrow(stack, place));
    // Whoever sees it next knows it by identity.
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

/** The log has no exception, only its text; whatever else is thrown twice is two throws. */
function isSameThrow(stack: string, now: Place): (before: StackSighting) => boolean {
  const since = performance.now() - STACK_AGE_MS;
  return (before) =>
    (before.source === 'log') !== (now.source === 'log') &&
    before.stack === stack &&
    before.at >= since &&
    (before.visit === now.visit || before.visit === undefined || now.visit === undefined);
}
