import type { IssueStatus } from '../../../event/issue.js';
import { isFarAhead } from '../retention/clock-lead.js';
import { databaseInteger } from '../../database-text.js';
import type { IssueDelta } from '../../event-store.js';
import { issueDescription } from './issue-columns.js';
import type { OnConflict, Session } from '../session.js';
import { FOR_UPDATE, sql, table, type SqlValue } from '../statement.js';

/** An issue whose row is locked until the end of the transaction. */
export interface LockedIssue {
  readonly id: number;
  readonly birthToken: string;
  readonly birthHash: string;
  readonly status: IssueStatus;
  readonly regressions: number;
  /** Epoch milliseconds. */
  readonly lastSeen: number;
  readonly userCount: number;
  readonly nextSeq: number;
}

/** What a batch adds to one issue. Several fingerprints may lead to the same one. */
export interface IssueChange {
  readonly issue: LockedIssue;
  readonly deltas: readonly IssueDelta[];
  /** Users it was not known to have hit. */
  readonly newUsers: readonly string[];
}

/** In the order of ids, as every other process does it. */
export async function lockIssues(session: Session, ids: readonly number[]): Promise<LockedIssue[]> {
  const rows = await session.rows<{
    id: number;
    birth_token: string;
    birth_hash: string;
    status: IssueStatus;
    regressions: number;
    last_seen: number | string;
    user_count: number;
    next_seq: number;
  }>(
    sql`SELECT id, birth_token, birth_hash, status, regressions, last_seen, user_count, next_seq
      FROM ${table('issue')} WHERE id IN (${ids}) ORDER BY id ${FOR_UPDATE}`,
  );
  return rows.map((row) => ({
    id: row.id,
    birthToken: row.birth_token,
    birthHash: row.birth_hash,
    status: row.status,
    regressions: row.regressions,
    lastSeen: Number(row.last_seen),
    userCount: row.user_count,
    nextSeq: row.next_seq,
  }));
}

/** Returns whether it was this call that reopened the issue. */
export async function reopenResolved(session: Session, issueId: number): Promise<boolean> {
  const changed = await session.run(
    sql`UPDATE ${table('issue')} SET status = ${'open'}, regressions = regressions + 1
      WHERE id = ${issueId} AND status = ${'resolved'}`,
  );
  return changed === 1;
}

/**
 * Adds to the counters of all issues in one statement. It is written as an insert, because that is the only form all
 * three databases share for many rows with different values; the rows are there and locked, so it always updates.
 */
export async function applyChanges(session: Session, changes: readonly IssueChange[]): Promise<void> {
  for (const { issue } of changes) {
    // Written by a wrong clock: no event would be the newest for as long as that is, so the next one is.
    if (await isFarAhead(session, issue.lastSeen)) {
      await session.run(sql`UPDATE ${table('issue')} SET last_seen = ${0} WHERE id = ${issue.id}`);
    }
  }
  await session.insert('issue', COLUMNS, changes.map(changedRow), ON_PRESENT);
}

const DESCRIPTION = ['type', 'title', 'culprit', 'search_text', 'level', 'handled', 'source'] as const;
const COUNTERS = ['event_count', 'stored_count', 'user_count', 'next_seq'] as const;
const COLUMNS = [
  ...['id', 'birth_token', 'birth_hash', 'status', 'regressions', 'first_seen', 'last_seen'],
  ...COUNTERS,
  ...DESCRIPTION,
  'last_release',
];

const ON_PRESENT: OnConflict = {
  keys: ['id'],
  update: (present, incoming) => {
    const isNewest = `${incoming('last_seen')} >= ${present('last_seen')}`;
    return [
      ...COUNTERS.map((column) => `${column} = ${present(column)} + ${incoming(column)}`),
      ...DESCRIPTION.map(
        (column) => `${column} = CASE WHEN ${isNewest} THEN ${incoming(column)} ELSE ${present(column)} END`,
      ),
      // An event that says nothing of its release does not unsay what is known.
      `last_release = CASE WHEN ${isNewest} AND ${incoming('last_release')} IS NOT NULL` +
        ` THEN ${incoming('last_release')} ELSE ${present('last_release')} END`,
      `first_seen = CASE WHEN ${incoming('first_seen')} < ${present('first_seen')}` +
        ` THEN ${incoming('first_seen')} ELSE ${present('first_seen')} END`,
      // Last, because MySQL shows the new value to every assignment after it.
      `last_seen = CASE WHEN ${isNewest} THEN ${incoming('last_seen')} ELSE ${present('last_seen')} END`,
    ];
  },
};

function changedRow({ issue, deltas, newUsers }: IssueChange): SqlValue[] {
  const newest = deltas.reduce((best, delta) => (delta.lastSeen >= best.lastSeen ? delta : best));
  const about = issueDescription(newest);
  const stored = deltas.reduce((sum, { samples }) => sum + samples.length, 0);
  const counted = deltas.reduce((sum, { count }) => sum + databaseInteger(count), 0);
  return [
    ...[issue.id, issue.birthToken, issue.birthHash, issue.status, issue.regressions],
    databaseInteger(Math.min(...deltas.map(({ firstSeen }) => firstSeen)), MAX_TIME),
    databaseInteger(Math.max(...deltas.map(({ lastSeen }) => lastSeen)), MAX_TIME),
    ...[counted, stored, newUsers.length, stored],
    ...[about.type, about.title, about.culprit, about.searchText, about.level, about.handled, about.source],
    about.release,
  ];
}

/** The latest moment a JavaScript date can express. */
const MAX_TIME = 8_640_000_000_000_000;
