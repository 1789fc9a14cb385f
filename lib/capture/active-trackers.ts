import type { ModulesContainer } from '@nestjs/core';
import type { Intake } from '../intake/intake.js';
import type { ResolvedOptions } from '../options/resolved-options.js';
import { processWide } from '../values/process-wide.js';
import { isObject } from '../values/type-guards.js';
import { wrappersIn } from './instance-wrappers.js';

/** An application that has a tracker. Several of them in one process may share their classes. */
export interface TrackedApp {
  readonly intake: Intake;
  readonly options: ResolvedOptions;
  readonly modules: ModulesContainer;
}

/** A tracker that runs in this process. */
export interface ActiveTracker extends TrackedApp {
  /** Stores what was captured so far, within `delivery.shutdownTimeoutMs`. */
  readonly flush: () => Promise<unknown>;
}

// Decorators run on instances that know nothing of the container they live in.
const active = processWide<ActiveTracker[]>('active-trackers', () => []);

/** @returns a function that removes the tracker */
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

/**
 * The tracker of the application that an instance belongs to; of the last booted one if no
 * application knows it.
 */
export function trackerOf(instance: unknown): ActiveTracker | undefined {
  const owner =
    active.length < 2 || !isObject(instance)
      ? undefined
      : active.find(({ modules }) => belongsTo(modules, instance));
  return owner ?? activeTracker();
}

function belongsTo(modules: ModulesContainer, instance: object): boolean {
  for (const wrapper of wrappersIn(modules, 'providers', 'controllers', 'injectables')) {
    if (wrapper.instance === instance) return true;
  }
  return false;
}
