import { ErrorTrackerConfigurationError } from '../errors/configuration.error.js';
import { integer } from './checks.js';
import { option, type OptionTable, type Resolved } from './option.js';

/** How much of an event is kept, and how much may wait in memory. */
export interface LimitOptions {
  /**
   * Breadcrumbs kept of one request or job, 0 to 100. The newest stay.
   * @defaultValue 25
   */
  maxBreadcrumbs?: number;
  /**
   * Characters kept of one string.
   * @defaultValue 4096
   */
  stringLength?: number;
  /**
   * Levels of nesting kept.
   * @defaultValue 8
   */
  depth?: number;
  /**
   * Entries kept of one object, array, map or set.
   * @defaultValue 100
   */
  entries?: number;
  /**
   * Values kept of one event in all.
   * @defaultValue 2000
   */
  nodes?: number;
  /**
   * Bytes of one event as stored.
   * @defaultValue 32768 (32 KiB)
   */
  eventBytes?: number;
  /**
   * Bytes of events that wait in memory for the next flush. Beyond it, events are only counted.
   * @defaultValue 8388608 (8 MiB)
   */
  pendingBytes?: number;
  /**
   * New issues of one minute, in each process. Beyond it, new bugs go into one issue for each type
   * of exception.
   * @defaultValue 100
   */
  newIssuesPerMinute?: number;
  /**
   * Different issues that wait in memory for the next flush. Beyond it, events of further ones are
   * counted as dropped.
   * @defaultValue 1000
   */
  pendingIssues?: number;
}

export const LIMITS = {
  maxBreadcrumbs: option(integer(0, 100), 25),
  stringLength: option(integer(64, 16_384), 4096),
  depth: option(integer(1, 32), 8),
  entries: option(integer(1, 10_000), 100),
  nodes: option(integer(10, 100_000), 2000),
  eventBytes: option(integer(4_096, 1_048_576), 32_768),
  pendingBytes: option(integer(65_536, 1_073_741_824), 8_388_608),
  newIssuesPerMinute: option(integer(1, 1_000_000), 100),
  pendingIssues: option(integer(1, 100_000), 1000),
} satisfies OptionTable<LimitOptions>;

/** Refuses limits that exclude one another. */
export function checkLimits({ stringLength, eventBytes, pendingBytes }: Resolved<typeof LIMITS>): void {
  if (stringLength > eventBytes) {
    throw new ErrorTrackerConfigurationError(
      `Option "limits.stringLength" (${stringLength}) is larger than "limits.eventBytes" (${eventBytes}).`,
      'A string cannot be longer than the event it is in: lower one or raise the other.',
    );
  }
  if (eventBytes > pendingBytes) {
    throw new ErrorTrackerConfigurationError(
      `Option "limits.eventBytes" (${eventBytes}) is larger than "limits.pendingBytes" (${pendingBytes}).`,
      'No event would fit into memory: lower one or raise the other.',
    );
  }
}
