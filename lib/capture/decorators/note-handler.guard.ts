import 'reflect-metadata';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { scopeOfHost } from '../../scope/scope-storage.js';

/** Where `@UseGuards()` leaves its arguments. */
const GUARDS = '__guards__';

/** Refuses nobody: it notes which handler a request is for, which Nest does not tell a filter. */
@Injectable()
class NoteHandlerGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const scope = scopeOfHost(context);
    if (scope) {
      scope.handlerClass = context.getClass();
      scope.handlerName = context.getHandler().name;
    }
    return true;
  }
}

const NOTE_HANDLER = new NoteHandlerGuard();

/**
 * Puts the guard on a class or method, before the other guards there, so that the handler of their
 * exceptions is known too. Nest asks it on controllers only; elsewhere it does nothing.
 */
export function noteHandler(place: object): void {
  const guards = (Reflect.getMetadata(GUARDS, place) as unknown[] | undefined) ?? [];
  if (!guards.includes(NOTE_HANDLER)) Reflect.defineMetadata(GUARDS, [NOTE_HANDLER, ...guards], place);
}
