import type { IssueStatus } from '../../../event/issue.js';
import { isAheadOfClock } from '../../../time/clock.js';
import { DAY_MS } from '../../../time/durations.js';
import type { IssueDelta } from '../../batch.js';
import { databaseInteger } from '../../database-values.js';
import { issueColumns } from '../../issue-columns.js';
import type { OnConflict } from '../dialect/grammar.js';
import type { Session } from '../session.js';
import { FOR_UPDATE, sql, table, type SqlValue } from '../statement.js';

/** The latest moment that a JavaScript date can express. */
const MAX_TIME = 8_640_000_000_000_000;

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
  /** Hashes of users this issue had not counted yet. */
  readonly newUsers: readonly string[];
}

/** Locks issues in the order of their ids, as every other process does. */
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

/**
 * Adds to the counters of all issues in one statement. The statement is an insert, the only form
 * that all databases share for many rows with different values. The rows are there and locked, so
 * it always updates them.
 */
export async function applyChanges(session: Session, changes: readonly IssueChange[]): Promise<void> {
  for (const { issue } of changes) {
    // A wrong clock wrote `last_seen`: no event could be newer until then, so it is reset.
    if (await isFarAhead(session, issue.lastSeen)) {
      await session.change(sql`UPDATE ${table('issue')} SET last_seen = ${0} WHERE id = ${issue.id}`);
    }
  }
  await session.insert('issue', COLUMNS, changes.map(changedRow), ON_PRESENT);
}

/**
 * Whether a moment lies more than a day ahead of every clock at hand, so that a wrong one must have
 * said it.
 */
async function isFarAhead(session: Session, moment: number): Promise<boolean> {
  return isAheadOfClock(moment) && moment > ((await session.time()) ?? 0) + DAY_MS;
}

const DESCRIPTION = ['type', 'title', 'culprit', 'search_text', 'level', 'handled', 'source'] as const;
const COUNTERS = ['event_count', 'stored_count', 'user_count', 'next_seq'] as const;
const COLUMNS = [
  'id',
  'birth_token',
  'birth_hash',
  'status',
  'regressions',
  'first_seen',
  'last_seen',
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
      // An event without a release does not take away the one that is known.
      `last_release = CASE WHEN ${isNewest} AND ${incoming('last_release')} IS NOT NULL` +
        ` THEN ${incoming('last_release')} ELSE ${present('last_release')} END`,
      `first_seen = CASE WHEN ${incoming('first_seen')} < ${present('first_seen')}` +
        ` THEN ${incoming('first_seen')} ELSE ${present('first_seen')} END`,
      // Last, because on MySQL every assignment after it would see the new value.
      `last_seen = CASE WHEN ${isNewest} THEN ${incoming('last_seen')} ELSE ${present('last_seen')} END`,
    ];
  },
};

function changedRow({ issue, deltas, newUsers }: IssueChange): SqlValue[] {
  const newest = deltas.reduce((best, delta) => (delta.lastSeen >= best.lastSeen ? delta : best));
  const about = issueColumns(newest);
  const stored = deltas.reduce((sum, { samples }) => sum + samples.length, 0);
  const counted = deltas.reduce((sum, { count }) => sum + databaseInteger(count), 0);
  return [
    issue.id,
    issue.birthToken,
    issue.birthHash,
    issue.status,
    issue.regressions,
    databaseInteger(Math.min(...deltas.map(({ firstSeen }) => firstSeen)), MAX_TIME),
    databaseInteger(Math.max(...deltas.map(({ lastSeen }) => lastSeen)), MAX_TIME),
    counted,
    stored,
    newUsers.length,
    stored,
    about.type,
    about.title,
    about.culprit,
    about.searchText,
    about.level,
    about.handled,
    about.source,
    about.release,
  ];
}
