import { tmpdir } from 'node:os';
import { dirname, isAbsolute, resolve } from 'node:path';
import type { DataSourceOptions } from 'typeorm';
import { ErrorTrackerConfigurationError } from '../errors/configuration.error.js';
import { HOUR_MS, MINUTE_MS } from '../time/durations.js';
import { integer, refuse, type Check } from './checks.js';
import type { HostDataSource } from './database-options.js';
import { computed, option, type OptionTable, type Resolved } from './option.js';

/** When events are stored and alerts are sent. */
export interface DeliveryOptions {
  /**
   * Pause between two flushes of known issues, in milliseconds. New issues are flushed at once.
   * @defaultValue 1000
   */
  flushIntervalMs?: number;
  /**
   * Longest pause between two attempts while the database is away, in milliseconds.
   * @defaultValue 15000, or `delivery.flushIntervalMs` if that is longer
   */
  retryMaxMs?: number;
  /**
   * How long the shutdown of the application may wait for the last flush, in milliseconds.
   * @defaultValue 3000
   */
  shutdownTimeoutMs?: number;
  /**
   * How long one notifier or ticket tracker may take for one alert, in milliseconds.
   * @defaultValue 10000
   */
  notifyTimeoutMs?: number;
  /**
   * Absolute path of the folder where a process that ends leaves the events that are not stored
   * yet. The next start stores them. In containers, name a folder that survives.
   * @defaultValue the folder of the SQLite file, else the system's temporary one; none for an
   * SQLite database in memory
   */
  journalFolder?: string;
}

/** A folder that is made when it is needed. */
const folder: Check<string> = (value, path) =>
  typeof value === 'string' && isAbsolute(value)
    ? value
    : refuse(path, 'an absolute path', value, 'Use path.resolve().');

export const DELIVERY = {
  flushIntervalMs: option(integer(10, HOUR_MS), 1000),
  retryMaxMs: computed(integer(10, HOUR_MS), ({ flushIntervalMs }: { readonly flushIntervalMs: number }) =>
    Math.max(15_000, flushIntervalMs),
  ),
  shutdownTimeoutMs: option(integer(0, 10 * MINUTE_MS), 3000),
  notifyTimeoutMs: option(integer(100, 10 * MINUTE_MS), 10_000),
  journalFolder: computed(folder, journalFolder),
} satisfies OptionTable<DeliveryOptions>;

/**
 * The embedded database lies in a folder that lasts. One in memory does not last, so neither need
 * its journal.
 */
function journalFolder({
  database,
  projectRoot,
}: {
  readonly database: DataSourceOptions | HostDataSource | undefined;
  readonly projectRoot: string;
}): string | undefined {
  if (database === undefined) return projectRoot;
  if ('dataSource' in database || database.type !== 'better-sqlite3') return tmpdir();
  const file = String(database.database);
  return file === ':memory:' || file === '' ? undefined : dirname(resolve(file));
}

/** Refuses pauses that exclude one another. */
export function checkDelivery({ retryMaxMs, flushIntervalMs }: Resolved<typeof DELIVERY>): void {
  if (retryMaxMs < flushIntervalMs) {
    throw new ErrorTrackerConfigurationError(
      `Option "delivery.retryMaxMs" (${retryMaxMs}) is shorter than "delivery.flushIntervalMs" (${flushIntervalMs}).`,
      'A failing database would be asked more often than a healthy one: raise it.',
    );
  }
}
