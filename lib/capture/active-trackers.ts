import type { ErrorTrackerService } from '../error-tracker.service.js';

/** A tracker that runs, and how to tell whether an object belongs to its application. */
interface Active {
  readonly tracker: ErrorTrackerService;
  readonly owns: (instance: object) => boolean;
}

// Decorators run on instances that know nothing of the container they live in. Kept under a global symbol, so that a
// second copy of this package in the process sees the same list.
const KEY = Symbol.for('nestjs-error-tracker:active-trackers');
const holder = globalThis as unknown as Record<symbol, Active[] | undefined>;
const active = (holder[KEY] ??= []);

export function activate(tracker: ErrorTrackerService, owns: (instance: object) => boolean): void {
  active.push({ tracker, owns });
}

export function deactivate(tracker: ErrorTrackerService): void {
  const index = active.findIndex((one) => one.tracker === tracker);
  if (index >= 0) active.splice(index, 1);
}

/** The tracker of the application that booted last, if one is running. */
export function activeTracker(): ErrorTrackerService | undefined {
  return active.at(-1)?.tracker;
}

/** The tracker of the application that `instance` belongs to; of objects that no application knows, the last booted one's. */
export function trackerOf(instance: unknown): ErrorTrackerService | undefined {
  if (active.length < 2 || typeof instance !== 'object' || instance === null) return activeTracker();
  return (active.find(({ owns }) => owns(instance)) ?? active.at(-1))?.tracker;
}
