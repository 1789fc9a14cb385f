import { hasIdentity } from '../values/type-guards.js';
import { processWide } from '../values/process-wide.js';

/**
 * An exception that carries this property, set to anything but a false value, is never captured
 * (Bugsnag's `skip_bugsnag`). Put it on a class to exempt all its instances.
 */
export const SKIP_CAPTURE = Symbol.for('nestjs-error-tracker:skip-capture');

const skipped = processWide('skipped', () => new WeakSet<object>());

/**
 * Exempts one exception from every further report, and returns it. A primitive has no identity: it
 * is only returned.
 */
export function skipCapture<T>(exception: T): T {
  if (hasIdentity(exception)) skipped.add(exception);
  return exception;
}

export function isSkipped(exception: unknown): boolean {
  if (!hasIdentity(exception)) return false;
  if (skipped.has(exception)) return true;
  try {
    return Boolean((exception as Record<symbol, unknown>)[SKIP_CAPTURE]);
  } catch {
    return false;
  }
}
