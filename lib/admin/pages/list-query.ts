import type { IssueStatus } from '../../event/issue.js';
import type { IssueSort } from '../../storage/event-store.js';

/** A tab of the list: a status, or all of them. */
export type StatusTab = IssueStatus | 'all';

/** What the list was asked for. */
export interface ListQuery {
  readonly status: StatusTab;
  readonly search: string;
  readonly sort: IssueSort;
  readonly cursor: string | undefined;
  readonly limit: number;
}

const DEFAULTS: Readonly<Partial<Record<keyof ListQuery, string>>> = {
  status: 'open',
  sort: 'lastSeen',
  search: '',
};

/**
 * Address of the same list with some of its query changed. It is a query only, which holds wherever
 * the list is mounted.
 */
export function listHref(query: ListQuery, changes: Partial<ListQuery>): string {
  const { status, search, sort, cursor } = { ...query, ...changes };
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ status, search, sort, cursor })) {
    if (value && value !== DEFAULTS[name as keyof ListQuery]) params.set(name, value);
  }
  return `?${params.toString()}`;
}
