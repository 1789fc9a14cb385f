import { ErrorTrackerConfigurationError } from '../errors/configuration.error.js';
import { integer } from './checks.js';
import { computed, option, type OptionTable, type Resolved } from './option.js';

/** What stays in the store, and for how long. Counts of events are exact whatever is removed. */
export interface RetentionOptions {
  /**
   * Days that events are kept.
   * @defaultValue 30
   */
  eventDays?: number;
  /**
   * Events kept of one issue: the newest, the first, the first of each regression and release, and
   * a spread of the others.
   * @defaultValue 100
   */
  eventsPerIssue?: number;
  /**
   * Events kept in all. Beyond it, the fullest issues lose some.
   * @defaultValue 100000
   */
  events?: number;
  /**
   * Days after which a resolved issue is removed if nothing happens to it. Open and muted issues
   * stay.
   * @defaultValue 90
   */
  quietIssueDays?: number;
  /**
   * Days that events are counted by the hour.
   * @defaultValue 30
   */
  hourlyDays?: number;
  /**
   * Days that events are counted at all: by the day once they are no longer counted by the hour.
   * @defaultValue 365, or `retention.hourlyDays` if that is longer
   */
  dailyDays?: number;
}

const days = integer(1, 36_500);

export const RETENTION = {
  eventDays: option(days, 30),
  eventsPerIssue: option(integer(1, 100_000), 100),
  events: option(integer(1, 1_000_000_000), 100_000),
  quietIssueDays: option(days, 90),
  hourlyDays: option(days, 30),
  dailyDays: computed(days, ({ hourlyDays }: { readonly hourlyDays: number }) => Math.max(365, hourlyDays)),
} satisfies OptionTable<RetentionOptions>;

/** Refuses spans that exclude one another. */
export function checkRetention({ dailyDays, hourlyDays }: Resolved<typeof RETENTION>): void {
  if (dailyDays < hourlyDays) {
    throw new ErrorTrackerConfigurationError(
      `Option "retention.dailyDays" (${dailyDays}) is shorter than "retention.hourlyDays" (${hourlyDays}).`,
      'Counts are by the hour first and by the day after that: raise it.',
    );
  }
}
