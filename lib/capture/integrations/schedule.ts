import 'reflect-metadata';
import { isObject } from '../../values/type-guards.js';
import type { Integration } from './integration.js';

/** Left on methods by `@Cron()`, `@Interval()` and `@Timeout()`. */
const SCHEDULES = {
  SCHEDULE_CRON_OPTIONS: 'cron',
  SCHEDULE_INTERVAL_OPTIONS: 'interval',
  SCHEDULE_TIMEOUT_OPTIONS: 'timeout',
} as const;
const NAME = 'SCHEDULER_NAME';

/** `@nestjs/schedule`: what fails in a job goes to the scheduler's log only. */
export const schedule: Integration = {
  watchedMethod(type, method, name) {
    for (const [key, kind] of Object.entries(SCHEDULES)) {
      const options: unknown = Reflect.getMetadata(key, method);
      if (!isObject(options)) continue;
      const { name: ownName, cronTime, timeout, timeZone } = options as Record<string, unknown>;
      const given = ownName ?? (Reflect.getMetadata(NAME, method) as unknown);
      const job = typeof given === 'string' ? given : `${type.name}.${name}`;
      const plan = { kind, name: job, when: cronTime ?? timeout, timeZone };
      return {
        source: 'cron',
        failuresGoTo: 'nobody',
        facts: () => ({ transaction: job, contexts: { schedule: plan } }),
      };
    }
    return undefined;
  },
};
