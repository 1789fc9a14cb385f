const MOST_PRIMITIVES = 10;

/** Where an exception is seen. */
export interface Place {
  readonly source: string;
  /** Stands for the request or job, by identity; keeps the primitives that were captured in it. */
  readonly visit: { primitives?: Map<unknown, string> } | undefined;
}

interface Sighting extends Place {
  readonly id: string;
}

/**
 * Remembers what was captured, so that an exception seen by several doors is one event. Objects are told apart by
 * identity, which works on frozen ones too and leaves no trace on them; a primitive is taken for the same throw within
 * one request. An object that doors of the same kind see in different requests is thrown anew, as constants are.
 */
export class Sightings {
  private readonly objects = new WeakMap<object, Sighting>();

  /** Id of the event that was made of this throw; `''` if it was dropped; `undefined` if it is new. */
  find(exception: unknown, place: Place): string | undefined {
    if (!isObject(exception)) return place.visit?.primitives?.get(exception);
    const before = this.objects.get(exception);
    return before && !isThrownAnew(before, place) ? before.id : undefined;
  }

  remember(exception: unknown, id: string, place: Place): void {
    if (isObject(exception)) {
      this.objects.set(exception, { id, source: place.source, visit: place.visit });
    } else if (place.visit) {
      const primitives = (place.visit.primitives ??= new Map());
      if (primitives.size < MOST_PRIMITIVES) primitives.set(exception, id);
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

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
