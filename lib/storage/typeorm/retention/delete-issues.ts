import { lockIssues } from '../write/issue-changes.js';
import { isIssueId } from '../../issue-id.js';
import type { Session } from '../session.js';
import { sql, table } from '../statement.js';
import type { Transactions } from '../transactions.js';

/** Small enough that no other writer waits noticeably. */
const EVENTS_PER_TRANSACTION = 200;

export interface DeletedIssue {
  /** `false` if there was none, or it was not to go any more. */
  readonly isGone: boolean;
  /** Events that were deleted, also of an issue that stays after all. */
  readonly events: number;
}

/**
 * Of an issue with very many events the oldest go first, in batches and counted off; the rest goes with issue,
 * fingerprints and everything else in one transaction, so that whoever writes to it finds all of it or nothing.
 *
 * @param isDue asked in every transaction, once the issue is locked: what was true when somebody looked may be no more
 */
export async function deleteIssue(
  transactions: Transactions,
  issueId: number,
  isDue: (session: Session) => Promise<boolean> = () => Promise.resolve(true),
): Promise<DeletedIssue> {
  if (!isIssueId(issueId)) return { isGone: false, events: 0 };
  let events = 0;
  for (;;) {
    const step = await transactions.write(async (session) => {
      const [issue] = await lockIssues(session, [issueId]);
      return issue && (await isDue(session)) ? deleteSome(session, issueId) : undefined;
    });
    events += step?.events ?? 0;
    if (!step || step.isGone) return { isGone: step !== undefined, events };
  }
}

async function deleteSome(session: Session, issueId: number): Promise<DeletedIssue> {
  const rows = await session.rows<{ id: string }>(
    sql`SELECT id FROM ${table('event')} WHERE issue_id = ${issueId} ORDER BY seq LIMIT ${EVENTS_PER_TRANSACTION + 1}`,
  );
  if (rows.length > EVENTS_PER_TRANSACTION) {
    const oldest = rows.slice(0, EVENTS_PER_TRANSACTION).map(({ id }) => id);
    return { isGone: false, events: await deleteEvents(session, oldest) };
  }
  // The outbox first: whoever settles an entry of it adds to the activity.
  for (const name of ['outbox', 'event', 'issue_hour', 'issue_user', 'activity', 'fingerprint'] as const) {
    await session.run(sql`DELETE FROM ${table(name)} WHERE issue_id = ${issueId}`);
  }
  await session.run(sql`DELETE FROM ${table('issue')} WHERE id = ${issueId}`);
  return { isGone: true, events: rows.length };
}

/** Deletes events of any issues and counts them off; returns how many were still there. */
export async function deleteEvents(session: Session, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const counts = async (): Promise<readonly { issue_id: number; n: number | string }[]> =>
    session.rows(
      sql`SELECT issue_id, COUNT(*) AS n FROM ${table('event')} WHERE id IN (${ids}) GROUP BY issue_id`,
    );
  const issueIds = (await counts()).map(({ issue_id }) => issue_id).sort((a, b) => a - b);
  if (issueIds.length === 0) return 0;
  // In the order in which whoever writes events does it: first the issues, and those by id.
  await lockIssues(session, issueIds);
  const found = await counts();
  await session.run(sql`DELETE FROM ${table('event')} WHERE id IN (${ids})`);
  let deleted = 0;
  for (const { issue_id, n } of [...found].sort((a, b) => a.issue_id - b.issue_id)) {
    const count = Number(n);
    await session.run(
      sql`UPDATE ${table('issue')} SET stored_count = stored_count - ${count} WHERE id = ${issue_id}`,
    );
    deleted += count;
  }
  return deleted;
}
