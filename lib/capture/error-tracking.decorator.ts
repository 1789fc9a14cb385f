import 'reflect-metadata';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { IgnoreRule } from '../options/error-tracker-options.js';
import { scopeOfRequest } from '../scope/scope-storage.js';
import { addSettings, type HandlerSettings } from '../selection/handler-settings.js';

/** Where `@UseGuards()` leaves its arguments. */
const GUARDS = '__guards__';

/**
 * Says for a class or a method which of its exceptions count; beats the options of the module (Flask's blueprint handlers).
 * The method's word beats the class's.
 */
export function ErrorTracking(settings: HandlerSettings): ClassDecorator & MethodDecorator {
  return (target: object, _key?: string | symbol, descriptor?: PropertyDescriptor): void => {
    const place = (descriptor?.value ?? target) as object;
    addSettings(settings, place);
    // A filter is not told whose exception it gets. Put first, so that it knows of those of the other guards here;
    // elsewhere than on controllers it is never asked.
    const guards = (Reflect.getMetadata(GUARDS, place) as unknown[] | undefined) ?? [];
    if (!guards.includes(NOTE_HANDLER)) Reflect.defineMetadata(GUARDS, [NOTE_HANDLER, ...guards], place);
  };
}

/** Exceptions of these classes, names, messages or predicates, and whatever they caused, do not count here. */
export function IgnoreExceptions(...rules: readonly IgnoreRule[]): ClassDecorator & MethodDecorator {
  return ErrorTracking({ ignore: rules });
}

@Injectable()
class NoteHandlerGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const scope =
      context.getType() === 'http' ? scopeOfRequest(context.switchToHttp().getRequest()) : undefined;
    if (scope) {
      scope.handlerClass = context.getClass();
      scope.handlerName = context.getHandler().name;
    }
    return true;
  }
}

const NOTE_HANDLER = new NoteHandlerGuard();
