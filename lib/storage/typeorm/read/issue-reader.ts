import type { Severity, Source } from '../../../event/error-event.js';
import type { Activity, ActivityKind, Issue, IssueStatus } from '../../../event/issue.js';
import { databaseInteger, databaseText, isIssueId } from '../../database-values.js';
import { searchable } from '../../issue-columns.js';
import { decodeCursor, pageOf, pageSize } from '../../paging.js';
import type { IssueQuery, IssueSort, Page } from '../../queries.js';
import type { Session } from '../session.js';
import { NOTHING, sql, table, type Statement } from '../statement.js';

const MAX_SEARCH = 200;
/** As many as one page has. */
const MAX_ISSUES = 200;

/** The only columns that a list is ever ordered by. */
const SORT_COLUMNS: Readonly<Record<IssueSort, Statement>> = {
  lastSeen: sql`last_seen`,
  firstSeen: sql`first_seen`,
  eventCount: sql`event_count`,
};

const COLUMNS = sql`id, birth_hash, type, title, culprit, level, handled, source, status, regressions, first_seen,
  last_seen, event_count, stored_count, user_count, first_release, last_release, ticket_key, ticket_url`;

interface IssueRow {
  readonly id: number;
  readonly birth_hash: string;
  readonly type: string;
  readonly title: string;
  readonly culprit: string;
  readonly level: Severity;
  readonly handled: number;
  readonly source: Source;
  readonly status: IssueStatus;
  readonly regressions: number;
  readonly first_seen: number | string;
  readonly last_seen: number | string;
  readonly event_count: number | string;
  readonly stored_count: number;
  readonly user_count: number;
  readonly first_release: string | null;
  readonly last_release: string | null;
  readonly ticket_key: string | null;
  readonly ticket_url: string | null;
}

export async function findIssues(session: Session, query: IssueQuery): Promise<Page<Issue>> {
  // A query may come from outside, with any word in it.
  const sort = query.sort !== undefined && Object.hasOwn(SORT_COLUMNS, query.sort) ? query.sort : 'lastSeen';
  const column = SORT_COLUMNS[sort];
  const size = pageSize(query.limit);
  const conditions: Statement[] = [];
  if (query.status !== undefined) conditions.push(sql`status = ${String(query.status)}`);
  if (query.search) conditions.push(matches(query.search));
  if (query.cursor !== undefined) {
    const { value, id } = decodeCursor(sort, query.cursor);
    // An index can use the first condition. The second tells rows of equal value apart.
    conditions.push(sql`${column} <= ${value} AND (${column} < ${value} OR id < ${id})`);
  }
  const rows = await session.rows<IssueRow>(
    sql`SELECT ${COLUMNS} FROM ${table('issue')}${where(conditions)}
      ORDER BY ${column} DESC, id DESC LIMIT ${size + 1}`,
  );
  const issues = await toIssues(session, rows);
  return pageOf(sort, issues, size, (issue) => ({ value: issue[sort], id: issue.id }));
}

export async function countIssues(session: Session, search?: string): Promise<Record<IssueStatus, number>> {
  const rows = await session.rows<{ status: IssueStatus; n: number | string }>(
    sql`SELECT status, COUNT(*) AS n FROM ${table('issue')}${where(search ? [matches(search)] : [])} GROUP BY status`,
  );
  const counts = { open: 0, resolved: 0, muted: 0 };
  for (const { status, n } of rows) counts[status] = Number(n);
  return counts;
}

export async function getIssue(session: Session, id: number): Promise<Issue | undefined> {
  if (!isIssueId(id)) return undefined;
  const rows = await session.rows<IssueRow>(sql`SELECT ${COLUMNS} FROM ${table('issue')} WHERE id = ${id}`);
  return (await toIssues(session, rows))[0];
}

export async function getActivity(
  session: Session,
  issueId: number,
  limit: number,
): Promise<readonly Activity[]> {
  if (!isIssueId(issueId)) return [];
  const rows = await session.rows<{
    kind: ActivityKind;
    at: number | string;
    actor: string | null;
    detail: string | null;
  }>(
    sql`SELECT kind, at, actor, detail FROM ${table('activity')} WHERE issue_id = ${issueId}
      ORDER BY at DESC, id DESC LIMIT ${pageSize(limit)}`,
  );
  return rows.map(({ kind, at, actor, detail }) => ({
    kind,
    at: Number(at),
    ...(actor !== null && { actor }),
    ...(detail !== null && { detail }),
  }));
}

export async function getHours(
  session: Session,
  issueIds: readonly number[],
  since: number,
): Promise<ReadonlyMap<number, ReadonlyMap<number, number>>> {
  const ids = issueIds.filter(isIssueId).slice(0, MAX_ISSUES);
  const hoursOf = new Map<number, Map<number, number>>();
  if (ids.length === 0) return hoursOf;
  const rows = await session.rows<{ issue_id: number; hour: number | string; n: number | string }>(
    sql`SELECT issue_id, hour, n FROM ${table('issue_hour')}
      WHERE issue_id IN (${ids}) AND hour >= ${databaseInteger(since)} ORDER BY hour`,
  );
  for (const { issue_id, hour, n } of rows) {
    const known = hoursOf.get(issue_id);
    if (known) known.set(Number(hour), Number(n));
    else hoursOf.set(issue_id, new Map([[Number(hour), Number(n)]]));
  }
  return hoursOf;
}

function matches(search: string): Statement {
  // Not a backslash: databases disagree on what one means inside a literal.
  const literal = searchable(databaseText(search, MAX_SEARCH)).replace(/[!%_]/g, '!$&');
  return sql`search_text LIKE ${`%${literal}%`} ESCAPE '!'`;
}

function where(conditions: readonly Statement[]): Statement {
  return conditions.reduce(
    (before, condition) => (before === NOTHING ? sql` WHERE ${condition}` : sql`${before} AND ${condition}`),
    NOTHING,
  );
}

async function toIssues(session: Session, rows: readonly IssueRow[]): Promise<Issue[]> {
  if (rows.length === 0) return [];
  const hashes = rows.map(({ birth_hash }) => birth_hash);
  const found = await session.rows<{ hash: string; key_text: string }>(
    sql`SELECT hash, key_text FROM ${table('fingerprint')} WHERE hash IN (${hashes})`,
  );
  const keys = new Map(found.map(({ hash, key_text }) => [hash, key_text]));
  return rows.map((row) => toIssue(row, keys.get(row.birth_hash) ?? ''));
}

function toIssue(row: IssueRow, groupingKey: string): Issue {
  const { ticket_key: key, ticket_url: url } = row;
  return {
    id: row.id,
    type: row.type,
    title: row.title,
    culprit: row.culprit,
    status: row.status,
    level: row.level,
    source: row.source,
    regressions: row.regressions,
    firstSeen: Number(row.first_seen),
    lastSeen: Number(row.last_seen),
    groupingKey,
    handled: row.handled === 1,
    eventCount: Number(row.event_count),
    storedCount: row.stored_count,
    userCount: row.user_count,
    ...(row.first_release !== null && { firstRelease: row.first_release }),
    ...(row.last_release !== null && { lastRelease: row.last_release }),
    fingerprint: row.birth_hash,
    ...(key !== null && { ticket: { key, ...(url !== null && { url }) } }),
  };
}
