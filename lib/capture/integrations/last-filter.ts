import 'reflect-metadata';

/** Where `@UseFilters()` leaves its arguments. */
const USED_FILTERS = '__exceptionFilters__';

/**
 * Puts a filter on a class where Nest asks it after all others of the class and its methods. It takes the place of an
 * earlier one of its kind: of several applications that share the class, each reads it when it boots.
 */
export function addLastFilter(
  type: CallableFunction,
  filter: object,
  isOurs: (filter: object) => boolean,
): void {
  const given: unknown = Reflect.getMetadata(USED_FILTERS, type);
  const others = (Array.isArray(given) ? (given as object[]) : []).filter((one) => !isOurs(one));
  Reflect.defineMetadata(USED_FILTERS, [filter, ...others], type);
}
