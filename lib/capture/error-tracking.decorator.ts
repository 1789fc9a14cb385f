import 'reflect-metadata';
import { Injectable, UseGuards, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { IgnoreRule } from '../options/error-tracker-options.js';
import { scopeOfRequest } from '../scope/scope-storage.js';
import { addSettings, type HandlerSettings } from '../selection/handler-settings.js';

/**
 * Says for a class or a method which of its exceptions count; beats the options of the module (Flask's blueprint handlers).
 * The method's word beats the class's.
 */
export function ErrorTracking(settings: HandlerSettings): ClassDecorator & MethodDecorator {
  return (target: object, key?: string | symbol, descriptor?: PropertyDescriptor): void => {
    const place = (descriptor?.value ?? target) as object;
    addSettings(settings, place);
    // A filter is not told whose exception it gets. Elsewhere than on controllers the guard is never asked.
    UseGuards(NOTE_HANDLER)(target, key as string, descriptor as PropertyDescriptor);
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
