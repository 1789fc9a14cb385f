import type { ApplicationConfig } from '@nestjs/core';
import { methodsOf } from '../class-methods.js';
import { isTrackedFilter } from '../decorators/track-exception.decorator.js';
import { caughtBy, filterClass, filtersOn, globalFilters } from '../nest-filters.js';
import { ErrorTrackerFilter } from './error-tracker.filter.js';

/**
 * Names the filters of the application that catch everything, so that Nest never asks the
 * tracker's: global ones, and those on the given controllers and their methods. Filters under
 * `@TrackException()` are left out. To be called when all filters are registered and no route is
 * made.
 */
export function catchAllFilters(
  config: ApplicationConfig,
  controllers: readonly unknown[],
): readonly string[] {
  const hiding = [...globalFilters(config), ...controllers.flatMap(filtersOfController)]
    .filter((filter) => !(filter instanceof ErrorTrackerFilter))
    .map(filterClass)
    .filter((type) => type !== undefined)
    .filter((type) => caughtBy(type).length === 0 && !isTrackedFilter(type));
  return [...new Set(hiding.map(({ name }) => name))];
}

/** The filters on a controller and on its methods, inherited ones included. */
function filtersOfController(controller: unknown): readonly unknown[] {
  if (typeof controller !== 'function') return [];
  const methods = [...methodsOf(controller)].map(({ method }) => method);
  return [controller, ...methods].flatMap(filtersOn);
}
