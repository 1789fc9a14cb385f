import { line, listOf, NONE, oneOf, type Check } from './checks.js';
import { option, optional, type OptionTable } from './option.js';

/** Levels of Nest's loggers, the worst first. */
export type LogLevel = 'fatal' | 'error' | 'warn' | 'log' | 'debug' | 'verbose';

/**
 * What becomes of the lines that pass an `ErrorTrackerLogger`, `pinoHooks()` or an
 * `ErrorTrackerTransport`.
 */
export interface LogOptions {
  /**
   * Lines of this level and worse become events. `false` makes none.
   * @defaultValue `error`
   */
  level?: LogLevel | false;
  /**
   * Lines of this level and worse that become no events become breadcrumbs. `false` makes none.
   * @defaultValue `debug`
   */
  breadcrumbs?: LogLevel | false;
  /**
   * Only lines of these contexts count: names, or patterns for them.
   * @defaultValue all
   */
  contexts?: readonly (string | RegExp)[];
  /**
   * Lines of these contexts do not count: names, or patterns for them.
   * @defaultValue none
   */
  ignoreContexts?: readonly (string | RegExp)[];
}

const level = oneOf('fatal', 'error', 'warn', 'log', 'debug', 'verbose', false);

const context: Check<string | RegExp> = (value, path) =>
  value instanceof RegExp ? value : line(200)(value, path);

const contexts = listOf(context, 'context names or patterns');

export const LOGGER = {
  level: option(level, 'error'),
  breadcrumbs: option(level, 'debug'),
  /** `undefined`: all. */
  contexts: optional(contexts),
  ignoreContexts: option(contexts, NONE),
} satisfies OptionTable<LogOptions>;
