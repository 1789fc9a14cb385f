import { Controller, VERSION_NEUTRAL, type Type } from '@nestjs/common';
import { apiController } from './api.controller.js';
import { assetsController } from './assets.controller.js';
import { changesController } from './changes.controller.js';
import { pagesController } from './pages.controller.js';

/**
 * The dashboard's controllers, new classes on every call: the mount path is metadata of a class, and two
 * applications in one process may mount their dashboards at different places.
 */
export function adminControllers(): Type[] {
  return [pagesController(), apiController(), changesController(), assetsController()];
}

/**
 * Writes the mount path into the controllers, which is possible until the application resolves its routes.
 *
 * @param path below the application's global prefix, e.g. `errors`
 */
export function mountAt(controllers: readonly Type[], path: string): void {
  for (const controller of controllers) Controller({ path, version: VERSION_NEUTRAL })(controller);
}
