import { DAY_MS } from './durations.js';

/** What the clock would say (epoch milliseconds) had nobody set it since the process started. */
export function steadyNow(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * Whether a moment lies more than a day ahead of this process: of its clock, and of `steadyNow`.
 */
export function isAheadOfClock(moment: number): boolean {
  return moment > Math.max(Date.now(), steadyNow()) + DAY_MS;
}
