import type { Breadcrumb } from '../event/error-event.js';
import { callback, flag } from './checks.js';
import { option, optional, type OptionTable } from './option.js';

/** What leaves breadcrumbs by itself, in requests and jobs that have a scope. */
export interface BreadcrumbOptions {
  /**
   * Requests that the application sends by `http`, `https` and `fetch`, without the values of their
   * queries.
   * @defaultValue `true`
   */
  outgoing?: boolean;
  /**
   * Queries of the application's TypeORM data sources, without values.
   * @defaultValue `false`
   */
  queries?: boolean;
  /**
   * Sees every breadcrumb before it is kept, and may change it. Only a literal `false` drops it. If
   * the function throws, the breadcrumb is kept as it was.
   * @defaultValue none
   */
  before?: (breadcrumb: Breadcrumb) => Breadcrumb | false | undefined | void;
}

export const BREADCRUMBS = {
  outgoing: option(flag, true),
  queries: option(flag, false),
  before: optional(callback<NonNullable<BreadcrumbOptions['before']>>()),
} satisfies OptionTable<BreadcrumbOptions>;
