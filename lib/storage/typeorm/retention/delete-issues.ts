import { isIssueId } from '../../database-values.js';
import type { Session } from '../session.js';
import { sql, table } from '../statement.js';
import type { Transactions } from '../transactions.js';
import { lockIssues } from '../write/issue-changes.js';
import { deleteEventsIn } from './delete-events.js';

/** Small enough that no other writer waits noticeably. */
const EVENTS_PER_TRANSACTION = 200;

export interface DeletedIssue {
  /** `false` if there was none, or it is no longer due. */
  readonly isGone: boolean;
  /** Events that were deleted, also of an issue that stays after all. */
  readonly events: number;
}

/**
 * Deletes an issue with everything that belongs to it. Of very many events the oldest go first, in
 * batches and counted off. The rest goes in one transaction with the issue, so that a writer finds
 * all of it or nothing.
 *
 * @param isDue asked in every transaction once the issue is locked, because it may have changed
 *   since it was chosen
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
    return { isGone: false, events: await deleteEventsIn(session, oldest) };
  }
  // The outbox first: settling an entry of it adds to the activity.
  for (const name of ['outbox', 'event', 'issue_hour', 'issue_user', 'activity', 'fingerprint'] as const) {
    await session.change(sql`DELETE FROM ${table(name)} WHERE issue_id = ${issueId}`);
  }
  await session.change(sql`DELETE FROM ${table('issue')} WHERE id = ${issueId}`);
  return { isGone: true, events: rows.length };
}
