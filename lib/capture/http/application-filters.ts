import 'reflect-metadata';
import type { ApplicationConfig } from '@nestjs/core';
import { ErrorTrackerFilter } from './error-tracker.filter.js';
import { methodsOf } from '../methods-of.js';
import { isTrackedFilter } from '../decorators/track-exception.decorator.js';

/** Where `@Catch()` and `@UseFilters()` leave their arguments. */
const CAUGHT_TYPES = '__filterCatchExceptions__';
const USED_FILTERS = '__exceptionFilters__';

/**
 * Names the filters of the application that take every exception, so that Nest never asks the tracker's: global ones,
 * and those on the given controllers and their methods, but for those under `@TrackException()`. To be called when all of them are registered and no route is made.
 */
export function catchAllFilters(
  config: ApplicationConfig,
  controllers: readonly unknown[],
): readonly string[] {
  const local = controllers
    .flatMap(usedBy)
    .map(classOf)
    .filter((type) => type !== undefined);
  const hiding = [...globalFilters(config), ...local].filter(
    (type) => caughtBy(type).length === 0 && !isTrackedFilter(type),
  );
  return [...new Set(hiding.map(({ name }) => name))];
}

/** The filters on a controller and on its methods, inherited ones included: classes or instances. */
function usedBy(controller: unknown): readonly unknown[] {
  if (typeof controller !== 'function') return [];
  return [controller, ...methodsOf(controller)].flatMap(
    (target) => (Reflect.getMetadata(USED_FILTERS, target) as unknown[] | undefined) ?? [],
  );
}

/** Whether a global filter of the application names a class of this exception; those that take everything name none. */
export function isNamedBy(config: ApplicationConfig, exception: unknown): boolean {
  return globalFilters(config).some((type) =>
    caughtBy(type).some((caught) => typeof caught === 'function' && exception instanceof caught),
  );
}

function globalFilters(config: ApplicationConfig): readonly CallableFunction[] {
  const filters = [
    ...config.getGlobalFilters(),
    ...config.getGlobalRequestFilters().map(({ metatype }) => metatype as unknown),
  ];
  return filters
    .filter((filter) => !(filter instanceof ErrorTrackerFilter))
    .map(classOf)
    .filter((type) => type !== undefined);
}

function classOf(filter: unknown): CallableFunction | undefined {
  if (typeof filter === 'function') return filter;
  return typeof filter === 'object' && filter !== null ? filter.constructor : undefined;
}

function caughtBy(type: CallableFunction): readonly unknown[] {
  const caught: unknown = Reflect.getMetadata(CAUGHT_TYPES, type);
  return Array.isArray(caught) ? caught : [];
}
