import { markBody, markVariables } from '../../scope/sensitive-marks.js';
import { noteHandler } from './note-handler.guard.js';

/**
 * Hides fields of the request's body, whatever they are called, in every event of a handler or of
 * all handlers of a controller; without fields all of the body (Django's
 * `sensitive_post_parameters`). The handler is not known yet when middleware or a global guard
 * throws: for those exceptions only the masker protects the body.
 */
export function SensitiveBody(...fields: readonly string[]): ClassDecorator & MethodDecorator {
  return (target: object, _key?: string | symbol, descriptor?: PropertyDescriptor): void => {
    const place = (descriptor?.value ?? target) as object;
    markBody(place, fields);
    noteHandler(place);
  };
}

/**
 * Hides local variables of a method, or without names all of them, in every event that shows
 * variables (Django's `sensitive_variables`). The arguments of the method are variables too.
 * Methods of the same name in other classes are treated alike.
 */
export function SensitiveVariables(...names: readonly string[]): MethodDecorator {
  return (_target: object, method: string | symbol): void => markVariables(String(method), names);
}
