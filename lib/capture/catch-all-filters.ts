import 'reflect-metadata';
import type { ApplicationConfig } from '@nestjs/core';
import { ErrorTrackerFilter } from './error-tracker.filter.js';

/** Where `@Catch()` and `@UseFilters()` leave their arguments. */
const CAUGHT_TYPES = '__filterCatchExceptions__';
const USED_FILTERS = '__exceptionFilters__';

/**
 * Names the filters of the application that take every exception, so that Nest never asks the tracker's: global ones,
 * and those on the given controllers and their methods. To be called when all of them are registered and no route is made.
 */
export function catchAllFilters(
  config: ApplicationConfig,
  controllers: readonly unknown[],
): readonly string[] {
  const filters: unknown[] = [
    ...config.getGlobalFilters(),
    ...config.getGlobalRequestFilters().map(({ metatype }) => metatype),
    ...controllers.flatMap(usedBy),
  ];
  const classes = filters
    .filter((filter) => !(filter instanceof ErrorTrackerFilter))
    .map(classOf)
    .filter((type) => type !== undefined && catchesEverything(type));
  return [...new Set(classes.map((type) => type?.name ?? ''))];
}

/** The filters on a controller and on its methods, inherited ones included: classes or instances. */
function usedBy(controller: unknown): readonly unknown[] {
  if (typeof controller !== 'function') return [];
  return [controller, ...methodsOf(controller.prototype)].flatMap(
    (target) => (Reflect.getMetadata(USED_FILTERS, target) as unknown[] | undefined) ?? [],
  );
}

function methodsOf(prototype: unknown): readonly CallableFunction[] {
  if (typeof prototype !== 'object' || prototype === null || prototype === Object.prototype) return [];
  const own = Object.values(Object.getOwnPropertyDescriptors(prototype)).map(({ value }) => value as unknown);
  const methods = own.filter((value): value is CallableFunction => typeof value === 'function');
  return [...methods, ...methodsOf(Object.getPrototypeOf(prototype))];
}

function classOf(filter: unknown): CallableFunction | undefined {
  if (typeof filter === 'function') return filter;
  return typeof filter === 'object' && filter !== null ? filter.constructor : undefined;
}

function catchesEverything(type: CallableFunction): boolean {
  const caught: unknown = Reflect.getMetadata(CAUGHT_TYPES, type);
  return !Array.isArray(caught) || caught.length === 0;
}
