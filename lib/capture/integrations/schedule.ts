import 'reflect-metadata';
import type { EntranceFinder } from './integration.js';

/** Left on methods by `@Cron()`, `@Interval()` and `@Timeout()` of `@nestjs/schedule`. */
const SCHEDULES = {
  SCHEDULE_CRON_OPTIONS: 'cron',
  SCHEDULE_INTERVAL_OPTIONS: 'interval',
  SCHEDULE_TIMEOUT_OPTIONS: 'timeout',
} as const;
const NAME = 'SCHEDULER_NAME';

/** What fails here only goes to the scheduler's log. */
export const scheduledEntrance: EntranceFinder = (type, method, name) => {
  for (const [key, kind] of Object.entries(SCHEDULES)) {
    const options: unknown = Reflect.getMetadata(key, method);
    if (typeof options !== 'object' || options === null) continue;
    const { name: ownName, cronTime, timeout, timeZone } = options as Record<string, unknown>;
    const given = ownName ?? (Reflect.getMetadata(NAME, method) as unknown);
    const job = typeof given === 'string' ? given : `${type.name}.${name}`;
    const schedule = { kind, name: job, when: cronTime ?? timeout, timeZone };
    return {
      source: 'cron',
      heardBy: 'nobody',
      facts: () => ({ transaction: job, contexts: { schedule } }),
    };
  }
  return undefined;
};
