import { SEVERITIES, type Severity } from '../event/error-event.js';
import { flag, integer, line, listOf, oneOf, refuse, type Check } from './checks.js';
import { optional, type OptionTable } from './option.js';
import { readFields } from './read-options.js';

/**
 * An exception class (subclasses included), the name of one, a pattern for its message, or a
 * predicate.
 */
export type IgnoreRule =
  (abstract new (...args: never[]) => unknown) | string | RegExp | ((exception: unknown) => boolean);

/**
 * What to do with the exceptions that match. If several rules match, the most specific one decides,
 * whatever their order: a predicate or pattern before a status, a status before a class, a class
 * before the classes above it (Flask).
 */
export interface CaptureRule {
  /**
   * An exception class, the name of one, a pattern for its message, a predicate, or an HTTP status.
   */
  readonly match: IgnoreRule | number;
  /**
   * `ignore` never captures. `capture` does, even where the default would not.
   * @defaultValue `capture`
   */
  readonly action?: 'capture' | 'ignore';
  /**
   * Severity of the events.
   * @defaultValue what the place that caught the exception, or the caller, says
   */
  readonly severity?: Severity;
  /**
   * Groups the events by these parts. `{{default}}` among them stands for the built-in grouping.
   * @defaultValue the built-in grouping
   */
  readonly fingerprint?: readonly string[];
  /**
   * Whether a new issue is mailed, posted and ticketed.
   * @defaultValue `true`, but `false` for hostile input (`category: security`)
   */
  readonly alert?: boolean;
}

const status = integer(100, 599);

const ignoreRule: Check<IgnoreRule> = (value, path) => {
  if (typeof value === 'function' || value instanceof RegExp) return value as IgnoreRule;
  if (typeof value === 'string' && value.trim() !== '') return value;
  return refuse(path, 'an exception class, the name of one, a RegExp or a predicate', value);
};

export const ignoreRules = listOf(ignoreRule, 'exception classes, names, patterns or predicates');

const matched: Check<IgnoreRule | number> = (value, path) =>
  typeof value === 'number' ? status(value, path) : ignoreRule(value, path);

const RULE = {
  match: optional(matched),
  action: optional(oneOf('capture', 'ignore')),
  severity: optional(oneOf(...SEVERITIES)),
  fingerprint: optional(listOf(line(500), 'texts')),
  alert: optional(flag),
} satisfies OptionTable<CaptureRule>;

const captureRule: Check<CaptureRule> = (value, path) => {
  const rule = readFields(path, value, RULE);
  if (rule.match === undefined) {
    return refuse(
      `${path}.match`,
      'an exception class, a name, a RegExp, a predicate or a status',
      undefined,
    );
  }
  return Object.freeze({ ...rule, match: rule.match });
};

export const captureRules = listOf(captureRule, 'rules');
