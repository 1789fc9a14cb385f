import type { InAppRules } from '../../stack/locate-file.js';
import { read } from '../../values/safe-read.js';

export const STARTED_BY = 'nestjs-error-tracker:local-variables';

/** Name under which the main thread takes the scopes that this thread hands it. */
export const TAKE_VARIABLES = Symbol.for('nestjs-error-tracker:take-variables');

/** What the worker is started with. */
export interface WatcherData {
  /** Tells the worker of the tracker from those of the application. */
  readonly startedBy: typeof STARTED_BY;
  readonly projectRoot: string;
  readonly rules: InAppRules;
}

/** A frame of the main thread, without its scopes: those cannot leave it. */
export interface PausedFrame {
  readonly url: string;
  readonly functionName: string;
  /** Where in the code it stands. */
  readonly at: string;
  /** How many scopes belong to it. */
  readonly scopes: number;
}

/** Whether the tracker started the thread that has this as its `workerData`. */
export function isWatcherData(data: unknown): data is WatcherData {
  return read(data, 'startedBy') === STARTED_BY;
}
