import type { Alert } from '../event/alert.js';

/**
 * A channel that alerts go out on. Register it with `forRoot({ notifiers: [MyNotifier] })`; it is built by
 * Nest's DI. It runs in the background: a rejection is retried with back-off, logged and shown on the issue,
 * and never reaches the application.
 */
export abstract class Notifier {
  /** Stable name of the channel, at most 40 characters: alerts waiting in the database refer to it. */
  abstract readonly name: string;

  /**
   * Delivers one alert. Delivery is at least once: `alert.dedupeKey` is the same on every attempt.
   *
   * @param signal aborts when the tracker gives up waiting (`delivery.notifyTimeoutMs`)
   */
  abstract notify(alert: Alert, signal: AbortSignal): Promise<void>;
}

/** Injection token of every registered `Notifier`, as a list. */
export const NOTIFIERS = Symbol.for('nestjs-error-tracker:notifiers');
