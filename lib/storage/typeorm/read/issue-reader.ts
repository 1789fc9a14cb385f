import { In, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import type { Activity, Issue, IssueStatus } from '../../../event/issue.js';
import { decodeCursor, encodeCursor } from '../../cursor.js';
import { databaseInteger, databaseText } from '../../database-text.js';
import { ActivityEntity } from '../schema/activity.entity.js';
import { FingerprintEntity } from '../schema/fingerprint.entity.js';
import { IssueHourEntity } from '../schema/issue-hour.entity.js';
import { IssueEntity } from '../schema/issue.entity.js';
import type { IssueQuery, IssueSort, Page } from '../../event-store.js';
import { isIssueId } from '../../issue-id.js';
import { searchable } from '../write/issue-columns.js';
import { pageSize } from '../../page-size.js';

const MAX_SEARCH = 200;
/** As many as one page has. */
const MAX_ISSUES = 200;

/** The only columns a list is ever ordered by. */
const SORT_COLUMNS: ReadonlyMap<string, IssueSort> = new Map(
  (['lastSeen', 'firstSeen', 'eventCount'] as const).map((column) => [column, column]),
);

export async function findIssues(manager: EntityManager, query: IssueQuery): Promise<Page<Issue>> {
  const sort = SORT_COLUMNS.get(query.sort ?? 'lastSeen') ?? 'lastSeen';
  const limit = pageSize(query.limit);
  const select = manager.createQueryBuilder(IssueEntity, 'issue');
  if (query.status !== undefined) select.andWhere('issue.status = :status', { status: String(query.status) });
  matching(select, query.search);
  if (query.cursor !== undefined) {
    // The first condition is what an index can use; the second tells rows with equal values apart.
    select
      .andWhere(`issue.${sort} <= :value`)
      .andWhere(`(issue.${sort} < :value OR issue.id < :id)`)
      .setParameters({ ...decodeCursor(sort, query.cursor) });
  }
  // One more than asked for tells whether there is a next page.
  const rows = await select
    .orderBy(`issue.${sort}`, 'DESC')
    .addOrderBy('issue.id', 'DESC')
    .limit(limit + 1)
    .getMany();
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items: await toIssues(manager, items),
    ...(last ? { nextCursor: encodeCursor(sort, { value: last[sort], id: last.id }) } : {}),
  };
}

export async function countIssues(
  manager: EntityManager,
  search?: string,
): Promise<Record<IssueStatus, number>> {
  const select = manager
    .createQueryBuilder(IssueEntity, 'issue')
    .select('issue.status', 'status')
    .addSelect('COUNT(*)', 'n')
    .groupBy('issue.status');
  matching(select, search);
  const counts = { open: 0, resolved: 0, muted: 0 };
  for (const { status, n } of await select.getRawMany<{ status: IssueStatus; n: number | string }>()) {
    counts[status] = Number(n);
  }
  return counts;
}

export async function getIssue(manager: EntityManager, id: number): Promise<Issue | undefined> {
  if (!isIssueId(id)) return undefined;
  const row = await manager.findOneBy(IssueEntity, { id });
  return row ? (await toIssues(manager, [row]))[0] : undefined;
}

export async function getActivity(
  manager: EntityManager,
  issueId: number,
  limit: number,
): Promise<readonly Activity[]> {
  if (!isIssueId(issueId)) return [];
  const rows = await manager.find(ActivityEntity, {
    where: { issueId },
    order: { at: 'DESC', id: 'DESC' },
    take: pageSize(limit),
  });
  return rows.map(({ kind, at, actor, detail }) => ({
    kind,
    at,
    ...(actor === null ? {} : { actor }),
    ...(detail === null ? {} : { detail }),
  }));
}

export async function getHours(
  manager: EntityManager,
  issueIds: readonly number[],
  since: number,
): Promise<ReadonlyMap<number, ReadonlyMap<number, number>>> {
  const ids = issueIds.filter(isIssueId).slice(0, MAX_ISSUES);
  const hours = new Map<number, Map<number, number>>();
  if (ids.length === 0) return hours;
  const rows = await manager
    .createQueryBuilder(IssueHourEntity, 'bucket')
    .where('bucket.issueId IN (:...ids) AND bucket.hour >= :since', { ids, since: databaseInteger(since) })
    .orderBy('bucket.hour')
    .getMany();
  for (const { issueId, hour, n } of rows) {
    const known = hours.get(issueId);
    if (known) known.set(hour, n);
    else hours.set(issueId, new Map([[hour, n]]));
  }
  return hours;
}

function matching(select: SelectQueryBuilder<IssueEntity>, search: string | undefined): void {
  if (search === undefined || search === '') return;
  const literal = searchable(databaseText(search, MAX_SEARCH)).replace(/[!%_]/g, '!$&');
  // Not a backslash: databases disagree on what one means inside a literal.
  select.andWhere("issue.searchText LIKE :pattern ESCAPE '!'", { pattern: `%${literal}%` });
}

async function toIssues(manager: EntityManager, rows: readonly IssueEntity[]): Promise<Issue[]> {
  if (rows.length === 0) return [];
  const hashes = rows.map(({ birthHash }) => birthHash);
  const fingerprints = await manager.findBy(FingerprintEntity, { hash: In(hashes) });
  const keys = new Map(fingerprints.map(({ hash, keyText }) => [hash, keyText]));
  return rows.map((row) => toIssue(row, keys.get(row.birthHash) ?? ''));
}

function toIssue(row: IssueEntity, groupingKey: string): Issue {
  const { id, type, title, culprit, status, level, source, regressions, firstSeen, lastSeen } = row;
  const url = row.ticketUrl ?? undefined;
  return {
    ...{ id, type, title, culprit, status, level, source, regressions, firstSeen, lastSeen, groupingKey },
    handled: row.handled === 1,
    eventCount: row.eventCount,
    storedCount: row.storedCount,
    userCount: row.userCount,
    ...(row.firstRelease === null ? {} : { firstRelease: row.firstRelease }),
    ...(row.lastRelease === null ? {} : { lastRelease: row.lastRelease }),
    fingerprint: row.birthHash,
    ...(row.ticketKey === null
      ? {}
      : { ticket: { key: row.ticketKey, ...(url === undefined ? {} : { url }) } }),
  };
}
