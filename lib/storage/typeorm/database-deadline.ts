import { withDeadline } from '../../time/deadline.js';

/** Rejects, in the tracker's words, when the database says nothing for `ms`; the rest is as of `withDeadline`. */
export function databaseDeadline<T>(
  ms: number,
  work: (signal: AbortSignal, answered: () => void) => Promise<T>,
): Promise<T> {
  return withDeadline(ms, work, {
    message: `The tracker's database did not answer within ${String(ms / 1000)} seconds.`,
  });
}
