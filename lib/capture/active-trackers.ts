import type { Intake } from '../intake/intake.js';
import { isObject } from '../values/type-guards.js';
import { processWide } from '../values/process-wide.js';

/** A tracker that runs in this process. */
export interface ActiveTracker {
  readonly intake: Intake;
  /** Stores what was captured so far, within `delivery.shutdownTimeoutMs`. */
  readonly flush: () => Promise<unknown>;
  /** Whether an object belongs to the tracker's application. */
  readonly owns: (instance: object) => boolean;
}

// Decorators run on instances that know nothing of the container they live in.
const active = processWide<ActiveTracker[]>('active-trackers', () => []);

/** @returns removes the tracker again */
export function activate(tracker: ActiveTracker): () => void {
  active.push(tracker);
  return () => {
    const index = active.indexOf(tracker);
    if (index >= 0) active.splice(index, 1);
  };
}

/** The tracker of the application that booted last, if one is running. */
export function activeTracker(): ActiveTracker | undefined {
  return active.at(-1);
}

/** Where failures of `instance` belong: to its application, or to the last booted one if no application knows it. */
export function intakeOf(instance: unknown): Intake | undefined {
  const owner =
    active.length < 2 || !isObject(instance) ? undefined : active.find(({ owns }) => owns(instance));
  return (owner ?? activeTracker())?.intake;
}
