import type { ResolvedLimits } from '../options/resolved-options.js';

/** What may still be copied. All parts of one event share it. */
export interface CopyBudget {
  /** Values, nested ones included. */
  nodes: number;
  /** Characters of all strings and key names. */
  characters: number;
}

export function createBudget(limits: ResolvedLimits): CopyBudget {
  // Masking makes texts shorter and the limit on the bytes comes last, so more is copied than is
  // kept. The factor bounds the time.
  return { nodes: limits.nodes, characters: limits.eventBytes * 8 };
}

/** The key under which a record says that it had more entries. */
export const MORE_KEY = '…';

/** The note that a list or record leaves for the entries it lost. */
export function moreEntries(count: number): string {
  return `[${count} more entries]`;
}

export function isMoreEntries(value: unknown): boolean {
  return typeof value === 'string' && value.length < 40 && /^\[\d{1,15} more entries\]$/.test(value);
}
