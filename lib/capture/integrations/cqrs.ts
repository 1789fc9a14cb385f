import { unhandled } from '../../intake/failure.js';
import { currentScope } from '../../scope/scope-storage.js';
import { Scope } from '../../scope/scope.js';
import { isObject } from '../../values/type-guards.js';
import { wrappersIn } from '../instance-wrappers.js';
import type { BootingApp, Integration } from './integration.js';

/** The part of the package's `UnhandledExceptionBus` that is used. */
interface BusLike {
  subscribe(next: (info: { readonly cause?: unknown; readonly exception?: unknown }) => void): unknown;
}

/**
 * `@nestjs/cqrs`: event handlers and sagas have a bus for what they throw. What command and query
 * handlers throw goes to the code that executed the command or query.
 */
export const cqrs: Integration = { onInit: watchUnhandledExceptions };

function watchUnhandledExceptions({ intake, modules }: BootingApp): void {
  for (const bus of busesIn(modules)) {
    bus.subscribe(({ cause, exception }) => {
      const name = nameOf(cause);
      const scope = currentScope()?.fork('event') ?? new Scope('event');
      scope.setContext('event', { name, payload: typeof cause === 'object' ? cause : undefined });
      intake.report(unhandled(exception, 'event', scope, { transaction: name }));
    });
  }
}

/** A module may export its bus to another one, which then holds the same instance. */
function busesIn(modules: BootingApp['modules']): ReadonlySet<BusLike> {
  const buses = new Set<BusLike>();
  for (const { token, instance } of wrappersIn(modules, 'providers', 'controllers')) {
    if (typeof token !== 'function' || token.name !== 'UnhandledExceptionBus') continue;
    const bus = instance as Partial<BusLike> | undefined;
    if (typeof bus?.subscribe === 'function') buses.add(bus as BusLike);
  }
  return buses;
}

/** Events and commands are called by their class, sagas by their name. */
function nameOf(cause: unknown): string {
  if (!isObject(cause)) return String(cause);
  return (cause.constructor as CallableFunction | undefined)?.name ?? 'event';
}
