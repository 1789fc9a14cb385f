import 'reflect-metadata';
import { types } from 'node:util';
import { catchError, EMPTY, isObservable, throwError } from 'rxjs';
import { ErrorTrackerConfigurationError } from '../errors/configuration.error.js';
import type { Severity } from '../event/error-event.js';
import { currentScope, runInScope } from '../scope/scope-storage.js';
import { Scope } from '../scope/scope.js';
import { activeTracker } from './active-trackers.js';

export interface TrackExceptionOptions {
  /** Swallow the exception after capturing it: the method returns `undefined`. Default `false`. */
  readonly silent?: boolean;
  /** Default `error`. */
  readonly severity?: Severity;
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Captures what a method throws, rejects or emits as an error, and lets it go on (sonus21's `track_exception`). For jobs,
 * listeners and whatever else Nest's filters do not reach; where they do, the exception is still one event. The method
 * keeps its name, its `this`, its metadata, and whether it is synchronous.
 */
export function TrackException(options: TrackExceptionOptions = {}): MethodDecorator {
  return (_target, key, descriptor) => {
    const original: unknown = descriptor.value;
    if (typeof original !== 'function') {
      throw new ErrorTrackerConfigurationError(
        `@TrackException() stands on "${String(key)}", which is not a method.`,
        'Put it on a method.',
      );
    }
    const tracked = function (this: unknown, ...args: unknown[]): unknown {
      const run = (): unknown =>
        track(() => Reflect.apply(original, this, args) as unknown, this, original.name, options);
      return currentScope() ? run() : runInScope(new Scope('manual'), run);
    };
    copyIdentity(original, tracked);
    descriptor.value = tracked as typeof descriptor.value;
  };
}

function track(call: () => unknown, self: unknown, name: string, options: TrackExceptionOptions): unknown {
  const failed = (exception: unknown): undefined => {
    report(exception, self, name, options);
    if (!options.silent) throw exception;
  };
  try {
    const result = call();
    // Thenables that are not promises may start their work only when asked: they are handed on untouched.
    if (types.isPromise(result)) return result.catch(failed);
    if (!isObservable(result)) return result;
    return result.pipe(
      catchError((exception: unknown) => {
        report(exception, self, name, options);
        return options.silent ? EMPTY : throwError(() => exception);
      }),
    );
  } catch (exception) {
    return failed(exception);
  }
}

function report(exception: unknown, self: unknown, name: string, options: TrackExceptionOptions): void {
  const tracker = activeTracker();
  if (!tracker?.selector.countsThrown(exception)) return;
  const scope = currentScope();
  const className = typeof self === 'object' && self !== null ? self.constructor.name : undefined;
  tracker.report({
    exception,
    site: { source: scope?.source ?? 'manual', request: scope?.request },
    scope,
    handled: options.silent === true,
    severity: options.severity ?? 'error',
    transaction: className ? `${className}.${name}` : name,
    tags: options.tags,
  });
}

/** Other decorators find their metadata, and routers and schedulers the name, on the function that takes the place. */
function copyIdentity(from: CallableFunction, to: CallableFunction): void {
  for (const key of Reflect.getOwnMetadataKeys(from) as unknown[]) {
    Reflect.defineMetadata(key, Reflect.getOwnMetadata(key, from), to);
  }
  Object.defineProperty(to, 'name', { value: from.name, configurable: true });
  Object.defineProperty(to, 'length', { value: from.length, configurable: true });
}
