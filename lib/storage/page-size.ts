const MAX_ROWS = 200;

/** How many rows a page has, whatever was asked for. */
export function pageSize(limit: number): number {
  return Number.isFinite(limit) ? Math.trunc(Math.max(1, Math.min(limit, MAX_ROWS))) : 1;
}
