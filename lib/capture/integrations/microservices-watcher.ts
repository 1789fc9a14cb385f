import 'reflect-metadata';
import { Catch, type ExceptionFilter, type Type } from '@nestjs/common';
import type { ApplicationConfig } from '@nestjs/core';
import { unhandled } from '../../intake/failure.js';
import type { Intake } from '../../intake/intake.js';
import { scopeOfException } from '../../scope/scope-storage.js';
import { Scope } from '../../scope/scope.js';
import { methodsOf } from '../class-methods.js';
import { addLastFilter, caughtBy, filterClass, globalFilters } from '../nest-filters.js';
import type { BootingApp } from './integration.js';

/** Left on methods by `@MessagePattern()` and `@EventPattern()`. */
export const PATTERN = 'microservices:pattern';
/** Left on classes by `@Controller()`: Nest looks for patterns nowhere else. */
const CONTROLLER = '__controller__';
/** Left on methods by `@Get()` and its kind. */
const ROUTE = 'path';

/**
 * Sees the exceptions of messages that Nest asks no global filter about: those of a hybrid
 * application that was connected without `inheritAppConfig`.
 *
 * Nest hands an exception to one filter. It asks the filters of the method, then those of the
 * class, then the global ones, and takes the first that catches a class of which the exception is
 * an `instanceof`. Nothing simpler than a filter that is asked and never taken does the work:
 * - A filter on the class that takes the exception would hide it from the global filters of the
 *   application, which answer where `inheritAppConfig` is set. Whether it is set is not known yet:
 *   it is said for each microservice that is connected, later, and one class may serve several.
 * - The watched method and an interceptor see what the handler throws. They do not see what guards
 *   throw, nor whether a filter of the application is going to handle an exception.
 *
 * So the tracker puts a filter on the class that catches one class only, and that class answers
 * `instanceof` itself, by `Symbol.hasInstance`: it listens, and says no. Nest asks it after all
 * other filters of the class have said no, and goes on as if it were not there.
 *
 * Where the global filters are asked too, this happens in the same turn. The tracker's global
 * filter is given the whole message and reports more of it. The watcher therefore waits for a
 * microtask, and reports nothing if `globalFilterAsked` was called in between.
 */
export function watchPatterns(type: Type, { intake, config }: BootingApp): void {
  if (!Reflect.hasMetadata(CONTROLLER, type)) return;
  const methods = [...methodsOf(type)].map(({ method }) => method);
  if (!methods.some((method) => Reflect.hasMetadata(PATTERN, method))) return;
  const hasRoutes = methods.some((method) => Reflect.hasMetadata(ROUTE, method));
  const watcher = watcherThat((exception) => {
    const scope = scopeOfException(exception);
    // A class with routes answers requests as well: only what a message handler threw is known to
    // belong to a message.
    if (hasRoutes && scope?.source !== 'rpc') return;
    // A filter that names the exception is left to answer it.
    if (isNamedByGlobalFilter(config, exception)) return;
    reportUnlessGlobal(intake, exception, scope ?? scopeFor(type));
  });
  addLastFilter(type, watcher, (filter) => Reflect.getMetadata(WATCHER, filter.constructor) === true);
}

const WATCHER = Symbol.for('nestjs-error-tracker:pattern-watcher');

function watcherThat(hears: (exception: unknown) => void): ExceptionFilter {
  class Nothing {
    static [Symbol.hasInstance](exception: unknown): boolean {
      try {
        hears(exception);
      } catch {
        // Nest is in the middle of choosing a filter.
      }
      return false;
    }
  }

  @Catch(Nothing as Type)
  class PatternWatcher implements ExceptionFilter {
    catch(): void {
      // Never called: nothing is an instance of `Nothing`.
    }
  }
  Reflect.defineMetadata(WATCHER, true, PatternWatcher);
  return new PatternWatcher();
}

/** Filters that catch everything name no exception. */
function isNamedByGlobalFilter(config: ApplicationConfig, exception: unknown): boolean {
  return globalFilters(config).some((filter) => {
    const type = filterClass(filter);
    const caught = type ? caughtBy(type) : [];
    return caught.some((one) => typeof one === 'function' && exception instanceof one);
  });
}

// Nest asks all filters about one exception before it asks any about the next one: there is never
// more than one that waits.
let waiting: { readonly exception: unknown } | undefined;

function reportUnlessGlobal(intake: Intake, exception: unknown, scope: Scope): void {
  const mine = { exception };
  waiting = mine;
  queueMicrotask(() => {
    if (waiting !== mine) return;
    waiting = undefined;
    const { handlerClass, handlerName } = scope;
    intake.report(unhandled(exception, 'rpc', scope, { handlerClass, handlerName }));
  });
}

/** Called when Nest asks the tracker's global filter about an exception. */
export function globalFilterAsked(exception: unknown): void {
  if (waiting?.exception === exception) waiting = undefined;
}

/** Of a failure in a guard or a pipe only the class is known. */
function scopeFor(type: Type): Scope {
  const scope = new Scope('rpc');
  scope.handlerClass = type;
  return scope;
}
