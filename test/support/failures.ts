import type { Failure } from '../../lib/intake/failure.js';

/** What a door reports of an exception that nobody handled. */
export function aFailure(changes: Partial<Failure> = {}): Failure {
  return {
    exception: new Error('card declined'),
    site: { source: 'http' },
    handled: false,
    severity: 'error',
    severityReason: 'unhandled',
    ...changes,
  };
}
