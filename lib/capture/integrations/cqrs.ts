import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import type { Intake } from '../../intake/intake.js';
import { currentScope } from '../../scope/scope-storage.js';
import { Scope } from '../../scope/scope.js';
import { unhandled } from '../../intake/failure.js';

/** The part of `UnhandledExceptionBus` of `@nestjs/cqrs` that is used; the package is optional. */
interface BusLike {
  subscribe(next: (info: { readonly cause?: unknown; readonly exception?: unknown }) => void): unknown;
}

/**
 * Listens to what event handlers and sagas of `@nestjs/cqrs` throw: it has a bus for it. What command and query handlers
 * throw goes to whoever asked them.
 */
export function watchUnhandledBus(intake: Intake, wrappers: readonly InstanceWrapper[]): void {
  const buses = wrappers
    .filter(({ token }) => typeof token === 'function' && token.name === 'UnhandledExceptionBus')
    .map(({ instance }) => instance as Partial<BusLike> | undefined);
  for (const bus of new Set(buses)) {
    if (typeof bus?.subscribe !== 'function') continue;
    bus.subscribe(({ cause, exception }) => {
      const name = nameOf(cause);
      const scope = currentScope()?.fork('event') ?? new Scope('event');
      scope.setContext('event', { name, payload: typeof cause === 'object' ? cause : undefined });
      intake.report(unhandled(exception, 'event', scope, { transaction: name }));
    });
  }
}

/** An event or a command by its class, a saga by its name. */
function nameOf(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return String(cause);
  return (cause.constructor as CallableFunction | undefined)?.name ?? 'event';
}
