import type { Alert } from '../event/alert.js';

/**
 * A channel for alerts. Register it with `forRoot({ notifiers: [MyNotifier] })`; Nest's DI builds
 * it. It runs in the background. A rejection is retried with back-off, logged, and shown on the
 * issue; it never reaches the application.
 */
export abstract class Notifier {
  /**
   * Stable name, at most 40 characters. Alerts that wait in the database refer to the channel by
   * it.
   */
  abstract readonly name: string;

  /**
   * Delivers one alert, at least once: `alert.dedupeKey` is the same on every attempt.
   *
   * @param signal aborts when the tracker gives up waiting (`delivery.notifyTimeoutMs`)
   */
  abstract notify(alert: Alert, signal: AbortSignal): Promise<void>;
}

/** Injection token of every registered `Notifier`, as a list. */
export const NOTIFIERS = Symbol.for('nestjs-error-tracker:notifiers');
