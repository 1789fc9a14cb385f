import type { ErrorTrackerService } from '../error-tracker.service.js';

// Decorators run on instances that know nothing of the container they live in. Kept under a global symbol, so that a
// second copy of this package in the process sees the same list.
const KEY = Symbol.for('nestjs-error-tracker:active-trackers');
const holder = globalThis as unknown as Record<symbol, ErrorTrackerService[] | undefined>;
const active = (holder[KEY] ??= []);

export function activate(tracker: ErrorTrackerService): void {
  active.push(tracker);
}

export function deactivate(tracker: ErrorTrackerService): void {
  const index = active.indexOf(tracker);
  if (index >= 0) active.splice(index, 1);
}

/** The tracker of the application that booted last, if one is running. */
export function activeTracker(): ErrorTrackerService | undefined {
  return active.at(-1);
}
