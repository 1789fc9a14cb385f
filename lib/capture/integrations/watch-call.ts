import type { Type } from '@nestjs/common';
import type { Intake } from '../../intake/intake.js';
import { currentScope, noteScope, runInScope, scopeOfRequest } from '../../scope/scope-storage.js';
import { Scope } from '../../scope/scope.js';
import { intakeOf } from '../active-trackers.js';
import type { TransportFacts } from './transport-facts.js';
import { watchOutcome } from '../watch-outcome.js';
import type { AppTraits, Entrance } from './integration.js';
import { unhandled } from '../../intake/failure.js';

const traits = new WeakMap<Intake, AppTraits>();

/** Tells what is particular about the application that a tracker belongs to. */
export function introduce(intake: Intake, app: AppTraits): void {
  traits.set(intake, app);
}

/** Runs one call of a handler in a scope of its own, and captures or notes its failure. */
export function enterHandler(
  entrance: Entrance,
  self: unknown,
  name: string,
  args: readonly unknown[],
  call: () => unknown,
): unknown {
  const intake = intakeOf(self);
  if (!intake) return call();
  const facts = factsOf(entrance, args);
  const scope = scopeOf(entrance, facts);
  scope.handlerClass = classOf(self);
  scope.handlerName = name;
  for (const [title, section] of Object.entries(facts.contexts)) scope.setContext(title, section);
  return runInScope(scope, () =>
    watchOutcome(call, (exception, begun) => {
      noteScope(exception, scope);
      const isOurs = entrance.heardBy === 'nobody' || (entrance.heardBy === 'filters-at-first' && begun);
      const app = traits.get(intake);
      const counts = !entrance.counts || !app || entrance.counts(args, exception, app);
      if (isOurs && counts) report(intake, entrance, exception, scope, facts);
      return false;
    }),
  );
}

/** What happens inside a request belongs to it, listeners of its events included; what stands alone is its own visit. */
function scopeOf({ source }: Entrance, { request }: TransportFacts): Scope {
  const around = scopeOfRequest(request) ?? currentScope();
  return around?.fork(source) ?? new Scope(source);
}

function report(
  intake: Intake,
  { source }: Entrance,
  exception: unknown,
  scope: Scope,
  { transaction }: TransportFacts,
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

function factsOf(entrance: Entrance, args: readonly unknown[]): TransportFacts {
  try {
    return entrance.facts(args);
  } catch {
    return { contexts: {} };
  }
}

function classOf(self: unknown): Type | undefined {
  return typeof self === 'object' && self !== null ? (self.constructor as Type) : undefined;
}
