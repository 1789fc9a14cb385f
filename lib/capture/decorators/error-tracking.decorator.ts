import type { IgnoreRule } from '../../options/capture-rules.js';
import { addSettings, type HandlerSettings } from '../../selection/handler-settings.js';
import { noteHandler } from './note-handler.guard.js';

/**
 * Says for a class or a method which of its exceptions count (Flask's blueprint handlers). The
 * settings of a method go before those of its class, and both before the options of the module.
 */
export function ErrorTracking(settings: HandlerSettings): ClassDecorator & MethodDecorator {
  return (target: object, _key?: string | symbol, descriptor?: PropertyDescriptor): void => {
    const place = (descriptor?.value ?? target) as object;
    addSettings(settings, place);
    noteHandler(place);
  };
}

/**
 * Exceptions of these classes, names, messages or predicates, and whatever they caused, do not
 * count here.
 */
export function IgnoreExceptions(...rules: readonly IgnoreRule[]): ClassDecorator & MethodDecorator {
  return ErrorTracking({ ignore: rules });
}
