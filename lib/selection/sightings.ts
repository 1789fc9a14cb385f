const MOST_PRIMITIVES = 10;

/**
 * Remembers what was captured, so that an exception seen by several doors is one event. Objects are told apart by
 * identity, which works on frozen ones too and leaves no trace on them; a primitive is taken for the same throw within
 * one request.
 */
export class Sightings {
  private readonly objects = new WeakMap<object, string>();

  /** Id of the event that was made of `exception`; `''` if it was dropped; `undefined` if it is new. */
  find(exception: unknown, seenHere: Map<unknown, string> | undefined): string | undefined {
    return isObject(exception) ? this.objects.get(exception) : seenHere?.get(exception);
  }

  remember(exception: unknown, id: string, seenHere: Map<unknown, string> | undefined): void {
    if (isObject(exception)) this.objects.set(exception, id);
    else if (seenHere && seenHere.size < MOST_PRIMITIVES) seenHere.set(exception, id);
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
