import 'reflect-metadata';
import type { ApplicationConfig } from '@nestjs/core';

/** Where `@Catch()` leaves its classes. */
const CAUGHT_TYPES = '__filterCatchExceptions__';
/** Where `@UseFilters()` leaves its filters: classes or instances. */
const USED_FILTERS = '__exceptionFilters__';

/** The filters that a class or a method declares. */
export function filtersOn(target: object): readonly unknown[] {
  const filters: unknown = Reflect.getMetadata(USED_FILTERS, target);
  return Array.isArray(filters) ? filters : [];
}

/**
 * Puts a filter on a class where Nest asks it after all others of the class and its methods. The
 * filter takes the place of an earlier one of its kind: several applications may share the class,
 * and each reads the filters when it boots.
 */
export function addLastFilter(type: object, filter: object, isOfItsKind: (filter: object) => boolean): void {
  const others = (filtersOn(type) as readonly object[]).filter((one) => !isOfItsKind(one));
  Reflect.defineMetadata(USED_FILTERS, [filter, ...others], type);
}

/**
 * The global filters of an application: instances, and classes of those that are made for each
 * request.
 */
export function globalFilters(config: ApplicationConfig): readonly unknown[] {
  return [
    ...config.getGlobalFilters(),
    ...config.getGlobalRequestFilters().map(({ metatype }) => metatype as unknown),
  ];
}

/** The class of a filter, which may be given as a class or as an instance. */
export function filterClass(filter: unknown): CallableFunction | undefined {
  if (typeof filter === 'function') return filter;
  return typeof filter === 'object' && filter !== null ? filter.constructor : undefined;
}

/** The classes that a filter catches; a filter without any catches everything. */
export function caughtBy(type: object): readonly unknown[] {
  const caught: unknown = Reflect.getMetadata(CAUGHT_TYPES, type);
  return Array.isArray(caught) ? caught : [];
}
