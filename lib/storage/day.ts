export const DAY_MS = 24 * 3_600_000;

/** Midnight UTC before a moment; both in epoch milliseconds. */
export function startOfDay(time: number): number {
  return Math.floor(time / DAY_MS) * DAY_MS;
}
