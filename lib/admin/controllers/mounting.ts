import { Controller, VERSION_NEUTRAL, type Type } from '@nestjs/common';
import { ErrorTrackerApiController } from './api.controller.js';
import { ErrorTrackerAssetsController } from './assets.controller.js';
import { ErrorTrackerChangesController } from './changes.controller.js';
import { ErrorTrackerPagesController } from './pages.controller.js';

const CONTROLLERS: readonly Type[] = [
  ErrorTrackerPagesController,
  ErrorTrackerApiController,
  ErrorTrackerChangesController,
  ErrorTrackerAssetsController,
];

/**
 * The dashboard's controllers, as subclasses of their own for every registration. Nest reads the
 * mount path from metadata of the class, and two applications of one process may mount their
 * dashboards at different paths.
 */
export function adminControllers(): Type[] {
  return CONTROLLERS.map(subclassOf);
}

/**
 * Writes the mount path into the controllers. It is in time until the application resolves its
 * routes.
 *
 * @param path below the application's global prefix, e.g. `errors`
 */
export function mountAt(controllers: readonly Type[], path: string): void {
  for (const controller of controllers) Controller({ path, version: VERSION_NEUTRAL })(controller);
}

function subclassOf(type: Type<object>): Type {
  class Mounted extends type {}
  // Nest's log lists routes under the name of the class.
  Object.defineProperty(Mounted, 'name', { value: type.name });
  return Mounted;
}
