const grouping = new Intl.NumberFormat('en-US');
const compacting = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

const NARROW_SPACE = '\u202f';

/** `12 408` */
export function formatCount(count: number): string {
  return grouping.format(count).replaceAll(',', NARROW_SPACE);
}

/** Exact as long as it fits a narrow column, e.g. `12 408`; then `128K`. */
export function compact(count: number): string {
  return count < 100_000 ? formatCount(count) : compacting.format(count);
}

/** `1 event`, `12 events` */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `1.4 MB` */
export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3));
  const value = count / 1000 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${units[power] ?? ''}`;
}
