import type { ArgumentsHost } from '@nestjs/common';
import { ErrorTrackerConfigurationError } from '../../errors/configuration.error.js';
import type { Severity } from '../../event/error-event.js';
import { siteOf } from '../../intake/failure.js';
import type { IgnoreRule } from '../../options/capture-rules.js';
import { currentScope, openScopes, runInScope, scopeOfHost } from '../../scope/scope-storage.js';
import { Scope } from '../../scope/scope.js';
import { matchesRule } from '../../selection/match-rule.js';
import { isObject } from '../../values/type-guards.js';
import { trackerOf } from '../active-trackers.js';
import { prototypesOf, replacementOf } from '../class-methods.js';
import { watchOutcome } from '../watch-outcome.js';

export interface TrackExceptionOptions {
  /** Swallow the exception after capturing it: the method returns `undefined`. Default `false`. */
  readonly silent?: boolean;
  /** Default `error`. */
  readonly severity?: Severity;
  readonly tags?: Readonly<Record<string, string>>;
  /** Groups by this; `{{default}}` among the parts stands for the built-in grouping. */
  readonly fingerprint?: readonly string[];
  /**
   * Capture only exceptions of these classes, names, messages or predicates; others pass. Default
   * all.
   */
  readonly only?: readonly IgnoreRule[];
}

/**
 * Captures what a method throws, rejects with or emits as an error, and lets it go on (sonus21's
 * `track_exception`). It is for jobs, listeners and whatever else Nest's filters do not reach;
 * where they do, the exception is still one event. The method keeps its name, its `this`, its
 * metadata, and whether it is synchronous. On the `catch` method of an exception filter it captures
 * the exception that the filter is about to answer (sonus21's Flask decorator).
 */
export function TrackException(options: TrackExceptionOptions = {}): MethodDecorator {
  openScopes();
  return (target, key, descriptor) => {
    const original: unknown = descriptor.value;
    if (typeof original !== 'function') {
      throw new ErrorTrackerConfigurationError(
        `@TrackException() stands on "${String(key)}", which is not a method.`,
        'Put it on a method.',
      );
    }
    const tracked = replacementOf(original, function (this: unknown, ...args: unknown[]): unknown {
      const host = key === 'catch' ? filterHost(args[1]) : undefined;
      const run = (): unknown => {
        if (host) report(args[0], this, original.name, options);
        return watchOutcome(
          () => Reflect.apply(original, this, args) as unknown,
          (exception) => report(exception, this, original.name, options) && options.silent === true,
        );
      };
      // A filter may be called outside of the asynchronous context of its request.
      const around = (host && scopeOfHost(host)) ?? currentScope();
      return runInScope(around ?? new Scope('manual'), run);
    });
    if (key === 'catch') trackedFilters.add(target);
    descriptor.value = tracked as typeof descriptor.value;
  };
}

/** Prototypes of filters whose `catch` is tracked. */
const trackedFilters = new WeakSet<object>();

/** Whether the `catch` of this filter class is under `@TrackException()`. */
export function isTrackedFilter(type: CallableFunction): boolean {
  for (const prototype of prototypesOf(type)) {
    if (trackedFilters.has(prototype)) return true;
  }
  return false;
}

function filterHost(value: unknown): ArgumentsHost | undefined {
  const isHost = isObject(value) && typeof (value as { switchToHttp?: unknown }).switchToHttp === 'function';
  return isHost ? (value as ArgumentsHost) : undefined;
}

/** @returns whether the exception is one of those that are tracked */
function report(exception: unknown, self: unknown, name: string, options: TrackExceptionOptions): boolean {
  if (options.only && !options.only.some((rule) => matchesRule(rule, exception))) return false;
  const scope = currentScope();
  const className = isObject(self) ? self.constructor.name : undefined;
  trackerOf(self)?.intake.report({
    exception,
    site: siteOf(scope?.source ?? 'manual', scope),
    scope,
    handled: options.silent === true,
    severity: options.severity ?? 'error',
    severityReason: options.severity ? 'specified' : options.silent ? 'handled' : 'unhandled',
    transaction: className ? `${className}.${name}` : name,
    tags: options.tags,
    fingerprint: options.fingerprint,
  });
  return true;
}
