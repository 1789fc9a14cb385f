import type { EventStore, RetentionRules } from '../../storage/event-store.js';
import { DAY_MS } from '../../time/durations.js';
import { NOON } from '../deltas.js';
import { present } from './contract.js';

export const NOW = NOON + 40 * DAY_MS;

export const RULES: RetentionRules = {
  eventDays: 30,
  eventsPerIssue: 10,
  events: 1_000_000,
  quietIssueDays: 90,
  hourlyDays: 30,
  dailyDays: 365,
};

/** Prunes until nothing is left to do. Returns how much was removed in all. */
export async function prune(
  store: EventStore,
  changes: Partial<RetentionRules> = {},
  now = NOW,
): Promise<{ events: number; issues: number }> {
  const all = { events: 0, issues: 0 };
  for (let runs = 0; runs < 50; runs += 1) {
    const report = present(await store.prune({ ...RULES, ...changes }, 'tester', now));
    all.events += report.events;
    all.issues += report.issues;
    if (report.finished) return all;
  }
  throw new Error('It never came to an end.');
}
