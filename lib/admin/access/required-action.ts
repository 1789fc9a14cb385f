import type { AdminAction } from './permission.js';

/** Metadata key of what a route of the dashboard does. */
export const REQUIRED_ACTION = 'nestjs-error-tracker:action';

/** A route that does not say what it does is held to the strictest. */
export function requiredAction(handler: object): AdminAction {
  return (Reflect.getMetadata(REQUIRED_ACTION, handler) as AdminAction | undefined) ?? 'delete';
}
