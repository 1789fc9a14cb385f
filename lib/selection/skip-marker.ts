/**
 * An exception that carries this property, set to anything but a false value, is never captured (Bugsnag's
 * `skip_bugsnag`). Put it on a class to exempt all its instances.
 */
export const SKIP_CAPTURE = Symbol.for('nestjs-error-tracker:skip-capture');

// Under a global symbol, so that a second copy of this package in the process sees the same set.
const KEY = Symbol.for('nestjs-error-tracker:skipped');
const holder = globalThis as unknown as Record<symbol, WeakSet<object> | undefined>;
const skipped = (holder[KEY] ??= new WeakSet());

/** Exempts one exception from every further report, and returns it. Primitives have no identity and are returned as they are. */
export function skipCapture<T>(exception: T): T {
  if (isObject(exception)) skipped.add(exception);
  return exception;
}

export function isSkipped(exception: unknown): boolean {
  if (!isObject(exception)) return false;
  if (skipped.has(exception)) return true;
  try {
    return Boolean((exception as Record<symbol, unknown>)[SKIP_CAPTURE]);
  } catch {
    return false;
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
