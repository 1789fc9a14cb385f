import { markVariables } from '../../scope/sensitive-variables.js';

/**
 * Hides local variables of a method, or without names all of them, in every event that shows variables (Django's
 * `sensitive_variables`). What the method is called with are variables too. Methods of the same name in other classes are
 * treated alike.
 */
export function SensitiveVariables(...names: readonly string[]): MethodDecorator {
  return (_target: object, method: string | symbol): void => markVariables(String(method), names);
}
