import type { ListQuery } from '../controllers/list-query.js';

const DEFAULTS: Readonly<Partial<Record<keyof ListQuery, string>>> = {
  status: 'open',
  sort: 'lastSeen',
  search: '',
};

/** The list with some of its query changed: a query-only address, which holds wherever the list is mounted. */
export function hrefOf(query: ListQuery, changes: Partial<ListQuery>): string {
  const { status, search, sort, cursor } = { ...query, ...changes };
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ status, search, sort, cursor })) {
    if (value && value !== DEFAULTS[name as keyof ListQuery]) params.set(name, value);
  }
  return `?${params.toString()}`;
}
