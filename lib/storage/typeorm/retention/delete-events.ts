import type { Session } from '../session.js';
import { sql, table } from '../statement.js';
import type { Transactions } from '../transactions.js';
import { lockIssues } from '../write/issue-changes.js';
import { ROWS_PER_TRANSACTION, type Step } from './step.js';

/** Deletes events that happened before a moment, in epoch milliseconds. */
export async function deleteOldEvents(transactions: Transactions, before: number): Promise<Step> {
  const rows = await transactions.read((session) =>
    session.rows<{ id: string }>(
      sql`SELECT id FROM ${table('event')} WHERE at < ${before} ORDER BY at LIMIT ${ROWS_PER_TRANSACTION}`,
    ),
  );
  const events = await deleteEvents(
    transactions,
    rows.map(({ id }) => id),
  );
  return { events, more: rows.length === ROWS_PER_TRANSACTION };
}

/** Deletes events of any issues in one transaction. Returns how many were still there. */
export async function deleteEvents(transactions: Transactions, ids: readonly string[]): Promise<number> {
  return ids.length === 0 ? 0 : transactions.write((session) => deleteEventsIn(session, ids));
}

/** Deletes events of any issues and counts them off. Returns how many were still there. */
export async function deleteEventsIn(session: Session, ids: readonly string[]): Promise<number> {
  const counts = (): Promise<{ issue_id: number; n: number | string }[]> =>
    session.rows(
      sql`SELECT issue_id, COUNT(*) AS n FROM ${table('event')} WHERE id IN (${ids}) GROUP BY issue_id`,
    );
  const issueIds = (await counts()).map(({ issue_id }) => issue_id).sort((a, b) => a - b);
  if (issueIds.length === 0) return 0;
  // Writers of events lock the issues first, in the order of their ids. So does this.
  await lockIssues(session, issueIds);
  const found = await counts();
  await session.change(sql`DELETE FROM ${table('event')} WHERE id IN (${ids})`);
  let deleted = 0;
  for (const { issue_id, n } of found.sort((a, b) => a.issue_id - b.issue_id)) {
    const count = Number(n);
    await session.change(
      sql`UPDATE ${table('issue')} SET stored_count = stored_count - ${count} WHERE id = ${issue_id}`,
    );
    deleted += count;
  }
  return deleted;
}
