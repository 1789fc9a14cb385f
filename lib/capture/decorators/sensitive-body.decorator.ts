import { markSensitive } from '../../scope/sensitive-body.js';
import { noteHandler } from './note-handler.guard.js';

/**
 * Hides fields of the request's body, or without names all of it, in every event of a handler or of all handlers of a
 * controller, whatever they are called (Django's `sensitive_post_parameters`). For exceptions that come before the guards of
 * the handler are asked, those of middleware and of global guards, its name is not known: there only the masker stands.
 */
export function SensitiveBody(...fields: readonly string[]): ClassDecorator & MethodDecorator {
  return (target: object, _key?: string | symbol, descriptor?: PropertyDescriptor): void => {
    const place = (descriptor?.value ?? target) as object;
    markSensitive(fields, place);
    noteHandler(place);
  };
}
