/**
 * Decides what may leave the process. The whole event passes through it before it is stored, and
 * again on its way to every notifier and ticket tracker.
 *
 * Replace it with `ErrorTrackerModule.forRoot({ masker: MyMasker })`; extend `KeyMasker` to add to
 * the built-in rules. If a masker throws, the value is replaced by a marker and never leaks.
 */
export abstract class Masker {
  /**
   * Called for every entry of the event's data, parents before children.
   *
   * @param path keys from the event's root to the parent, e.g. `['request', 'body', 'card']`
   * @param key name of the entry: property, header, query parameter, variable; the index in an
   * array; `''` for free text
   * @param value plain JSON data, already bounded; do not change it in place
   * @returns `value` itself to keep it (objects and arrays are then entered), anything else to
   * replace it
   */
  abstract mask(path: readonly string[], key: string, value: unknown): unknown;
}
