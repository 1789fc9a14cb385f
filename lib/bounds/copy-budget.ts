import type { ResolvedLimits } from '../options/resolved-options.js';

/** What may still be copied; shared by all parts of one event. */
export interface CopyBudget {
  /** Values, nested ones included. */
  nodes: number;
  /** Characters of all strings and key names. */
  characters: number;
}

export function createBudget(limits: ResolvedLimits): CopyBudget {
  // Masking shortens and the bound on the bytes comes last: leave room, but no more than a moment of work.
  return { nodes: limits.nodes, characters: limits.eventBytes * 8 };
}

/** Key under which an object tells that it had more. */
export const MORE_KEY = '…';

export function moreEntries(count: number): string {
  return `[${count} more entries]`;
}

export function isMoreEntries(value: unknown): boolean {
  return typeof value === 'string' && value.length < 40 && /^\[\d{1,15} more entries\]$/.test(value);
}

const MAX_KEY_LENGTH = 256;

/** A key name within bounds. Both ends stay, since the masker judges by the name. */
export function boundedKey(key: string): string {
  return key.length <= MAX_KEY_LENGTH ? key : `${key.slice(0, 120)}…${key.slice(-120)}`;
}

/** Names that change what an object is instead of what it holds. */
export function isPollutingKey(key: string): boolean {
  return key === '__proto__' || key === 'constructor' || key === 'prototype';
}
