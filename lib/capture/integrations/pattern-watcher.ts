import 'reflect-metadata';
import { Catch, type ExceptionFilter, type Type } from '@nestjs/common';
import type { Intake } from '../../intake/intake.js';
import { scopeOfException } from '../../scope/scope-storage.js';
import { Scope } from '../../scope/scope.js';
import { methodsOf } from '../methods-of.js';
import { addLastFilter } from './last-filter.js';
import { PATTERN } from './microservices.js';
import { unhandled } from '../../intake/failure.js';

/** Left on classes by `@Controller()`: Nest looks for patterns nowhere else. */
const CONTROLLER = '__controller__';
/** Left on methods by `@Get()` and its kind. */
const ROUTE = 'path';

/**
 * A hybrid application asks its global filters about messages only with `inheritAppConfig`. So that its exceptions are
 * seen without it too, a watcher is put on every class with message patterns: it is asked last, and takes nothing, so that
 * everything behind it goes on as it would.
 *
 * @param isTakenElsewhere whether a global filter of the application names the exception: it is left to that one
 */
export function watchPatterns(
  type: Type,
  intake: Intake,
  isTakenElsewhere: (exception: unknown) => boolean,
): void {
  if (!Reflect.hasMetadata(CONTROLLER, type)) return;
  const methods = methodsOf(type);
  if (!methods.some((method) => Reflect.hasMetadata(PATTERN, method))) return;
  const hasRoutes = methods.some((method) => Reflect.hasMetadata(ROUTE, method));
  const watcher = watcherOf((exception) => {
    const scope = scopeOfException(exception);
    // Of a class that answers HTTP requests as well, only what a message handler threw is known to belong to a message.
    if ((hasRoutes && scope?.source !== 'rpc') || isTakenElsewhere(exception)) return;
    reportUnlessFiltered(intake, exception, scope ?? scopeFor(type));
  });
  addLastFilter(type, watcher, (filter) => Reflect.getMetadata(WATCHER, filter.constructor) === true);
}

const WATCHER = Symbol.for('nestjs-error-tracker:pattern-watcher');

/** Nest finds a filter by `instanceof`, which a class may answer itself: this one listens, and says no. */
function watcherOf(heard: (exception: unknown) => void): ExceptionFilter {
  class Unfiltered {
    static [Symbol.hasInstance](exception: unknown): boolean {
      heard(exception);
      return false;
    }
  }

  @Catch(Unfiltered as Type)
  class PatternWatcher implements ExceptionFilter {
    catch(): void {
      // Never chosen.
    }
  }
  Reflect.defineMetadata(WATCHER, true, PatternWatcher);
  return new PatternWatcher();
}

let waiting: { readonly exception: unknown } | undefined;

/** The global filter, where it is asked at all, is asked in the same turn, and knows more of the message. */
function reportUnlessFiltered(intake: Intake, exception: unknown, scope: Scope): void {
  const mine = { exception };
  waiting = mine;
  queueMicrotask(() => {
    if (waiting !== mine) return;
    waiting = undefined;
    const { handlerClass, handlerName } = scope;
    intake.report(unhandled(exception, 'rpc', scope, { handlerClass, handlerName }));
  });
}

/** Tells that the global filter was asked about a message's exception. */
export function filteredGlobally(exception: unknown): void {
  if (waiting?.exception === exception) waiting = undefined;
}

/** Of a failure in a guard or pipe only the class is known. */
function scopeFor(type: Type): Scope {
  const scope = new Scope('rpc');
  scope.handlerClass = type;
  return scope;
}
