/**
 * ISO 8601, as `toISOString` writes it; `null` for what is no date, which only a broken row can
 * hold.
 */
export function isoTime(time: number): string | null {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** For readers: `2026-03-09 14:02:11 UTC`; `undefined` for what is no date. */
export function utcTime(time: number): string | undefined {
  const text = isoTime(time);
  return text ? `${text.slice(0, 19).replace('T', ' ')} UTC` : undefined;
}
