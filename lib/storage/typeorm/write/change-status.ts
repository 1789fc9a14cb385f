import { isIssueId } from '../../database-values.js';
import type { StatusChange } from '../../queries.js';
import { sql, table } from '../statement.js';
import type { Transactions } from '../transactions.js';
import { ACTIVITY_COLUMNS, activityRow } from './activity-row.js';

/**
 * Changes an issue's status and notes it. An issue that somebody else changed meanwhile is left
 * alone.
 */
export async function changeStatus(
  transactions: Transactions,
  issueId: number,
  { from, status, kind, actor, at }: StatusChange,
): Promise<void> {
  if (!isIssueId(issueId)) return;
  const activity = { issueId, kind, at, ...(actor !== undefined && { actor }) };
  await transactions.write(async (session) => {
    const changed = await session.change(
      sql`UPDATE ${table('issue')} SET status = ${status} WHERE id = ${issueId} AND status = ${from}`,
    );
    if (changed === 1) await session.insert('activity', ACTIVITY_COLUMNS, [activityRow(activity)]);
  });
}
