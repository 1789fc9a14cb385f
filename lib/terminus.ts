import { Injectable } from '@nestjs/common';
import { ErrorTrackerService } from './error-tracker.service.js';

/** What `@nestjs/terminus` expects of an indicator. */
export type HealthIndicatorResult = Record<
  string,
  { readonly status: 'up' | 'down'; readonly [fact: string]: unknown }
>;

/**
 * Tells `@nestjs/terminus` how the tracker is doing: `health.check([() => indicator.isHealthy()])`.
 * It is down while the store does not answer, for five minutes after events were given up, and
 * while alerts cannot be delivered. The application itself works on in all of these cases: use it
 * for a check that is watched, not for one that restarts the application.
 */
@Injectable()
export class ErrorTrackerHealthIndicator {
  constructor(private readonly tracker: ErrorTrackerService) {}

  /** @param key default `errorTracker` */
  isHealthy(key = 'errorTracker'): HealthIndicatorResult {
    const { status, storeAvailable, queuedEvents, dropped, alertsGivenUp } = this.tracker.health();
    const facts = { storeAvailable, queuedEvents, dropped, alertsGivenUp };
    return { [key]: { status: status === 'ok' ? 'up' : 'down', ...facts } };
  }
}
