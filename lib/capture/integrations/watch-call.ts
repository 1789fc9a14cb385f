import type { Type } from '@nestjs/common';
import { unhandled } from '../../intake/failure.js';
import type { Intake } from '../../intake/intake.js';
import { currentScope, noteScope, runInScope, scopeOfRequest } from '../../scope/scope-storage.js';
import { Scope } from '../../scope/scope.js';
import { isObject } from '../../values/type-guards.js';
import { trackerOf } from '../active-trackers.js';
import { watchOutcome } from '../watch-outcome.js';
import { NO_FACTS, type CallFacts, type WatchedMethod } from './integration.js';

/**
 * Runs one call of a watched method in a scope of its own, and captures its failure or notes the
 * scope of it.
 */
export function watchCall(
  watched: WatchedMethod,
  self: unknown,
  name: string,
  args: readonly unknown[],
  call: () => unknown,
): unknown {
  const tracker = trackerOf(self);
  if (!tracker) return call();
  const facts = factsOf(watched, args);
  const scope = scopeOf(watched, facts);
  scope.handlerClass = classOf(self);
  scope.handlerName = name;
  for (const [title, section] of Object.entries(facts.contexts)) scope.setContext(title, section);
  return runInScope(scope, () =>
    watchOutcome(call, (exception, begun) => {
      noteScope(exception, scope);
      const { failuresGoTo, counts } = watched;
      const isOurs = failuresGoTo === 'nobody' || (failuresGoTo === 'filters-at-first' && begun);
      const isCounted = !counts || counts(args, exception, tracker);
      if (isOurs && isCounted) report(tracker.intake, watched, exception, scope, facts);
      return false;
    }),
  );
}

/**
 * What happens inside a request belongs to it, as listeners of its events do; everything else
 * stands alone.
 */
function scopeOf({ source }: WatchedMethod, { request }: CallFacts): Scope {
  const around = scopeOfRequest(request) ?? currentScope();
  return around?.fork(source) ?? new Scope(source);
}

function report(
  intake: Intake,
  { source }: WatchedMethod,
  exception: unknown,
  scope: Scope,
  { transaction }: CallFacts,
): void {
  const { handlerClass, handlerName } = scope;
  intake.report(
    unhandled(exception, source, scope, {
      handlerClass,
      handlerName,
      ...(transaction !== undefined && { transaction }),
    }),
  );
}

function factsOf(watched: WatchedMethod, args: readonly unknown[]): CallFacts {
  try {
    return watched.facts(args);
  } catch {
    return NO_FACTS;
  }
}

function classOf(self: unknown): Type | undefined {
  return isObject(self) ? (self.constructor as Type) : undefined;
}
