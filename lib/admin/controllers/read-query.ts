import { BadRequestException } from '@nestjs/common';
import { ISSUE_STATUSES } from '../../event/issue.js';
import type { IssueQuery, IssueSort } from '../../storage/event-store.js';
import type { ListQuery, StatusTab } from '../pages/list-query.js';

const ISSUE_SORTS = ['lastSeen', 'firstSeen', 'eventCount'] as const satisfies readonly IssueSort[];

const MAX_PAGE_SIZE = 200;
const MAX_SEARCH_LENGTH = 200;

export interface ListDefaults {
  readonly status: StatusTab;
  readonly limit: number;
}

/**
 * Reads the query of a list. An invalid value is a 400; a page size out of range is
 * clamped.
 */
export function readListQuery(query: URLSearchParams, defaults: ListDefaults): ListQuery {
  return {
    status: oneOf(query, 'status', ['all', ...ISSUE_STATUSES], defaults.status),
    search: (scalar(query, 'search') ?? '').trim().slice(0, MAX_SEARCH_LENGTH),
    sort: oneOf(query, 'sort', ISSUE_SORTS, 'lastSeen'),
    ...readPageQuery(query, defaults.limit),
  };
}

/** Reads which page of a list is asked for. */
export function readPageQuery(
  query: URLSearchParams,
  defaultLimit: number,
): Pick<ListQuery, 'cursor' | 'limit'> {
  return { cursor: cursorOf(query), limit: limitOf(query, defaultLimit) };
}

/** The same question as the store understands it. */
export function issueQuery(query: ListQuery): IssueQuery {
  return {
    status: query.status === 'all' ? undefined : query.status,
    search: query.search || undefined,
    sort: query.sort,
    cursor: query.cursor,
    limit: query.limit,
  };
}

/** Reads a time in ISO 8601 as epoch milliseconds. */
export function readMoment(query: URLSearchParams, name: string): number | undefined {
  const text = scalar(query, name);
  if (text === undefined) return undefined;
  const time = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new BadRequestException(`${name} must be a time in ISO 8601.`);
  return time;
}

/**
 * One value, or none. Repeated parameters are refused, and so are the brackets that query parsers
 * turn into objects.
 */
function scalar(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name);
  const structured = [...query.keys()].some((key) => key.startsWith(`${name}[`));
  if (values.length > 1 || structured) throw new BadRequestException(`${name} must be a single value.`);
  const [value] = values;
  return value === undefined ? undefined : stripControls(value);
}

function stripControls(value: string): string {
  // eslint-disable-next-line no-control-regex -- PostgreSQL refuses a NUL in a text parameter.
  return value.replace(/[\u0000-\u001f\u007f]/g, '');
}

function oneOf<T extends string>(
  query: URLSearchParams,
  name: string,
  allowed: readonly T[],
  fallback: T,
): T {
  const value = scalar(query, name);
  if (value === undefined || value === '') return fallback;
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new BadRequestException(`${name} must be one of ${allowed.join(', ')}.`);
  return found;
}

function cursorOf(query: URLSearchParams): string | undefined {
  const cursor = scalar(query, 'cursor');
  if (!cursor) return undefined;
  if (!/^[\w.~:=+/-]{1,512}$/.test(cursor)) throw new BadRequestException('cursor is not one of this list.');
  return cursor;
}

function limitOf(query: URLSearchParams, fallback: number): number {
  const text = scalar(query, 'limit');
  if (!text) return fallback;
  if (!/^-?\d{1,15}$/.test(text)) throw new BadRequestException('limit must be a whole number.');
  return Math.min(MAX_PAGE_SIZE, Math.max(1, Number(text)));
}
