import { activityRow, ACTIVITY_COLUMNS } from './activity-row.js';
import type { StatusChange } from '../../event-store.js';
import { isIssueId } from '../../issue-id.js';
import { sql, table } from '../statement.js';
import type { Transactions } from '../transactions.js';

/** An issue that somebody else changed meanwhile is left alone, and so is its history. */
export async function changeStatus(
  transactions: Transactions,
  issueId: number,
  { from, status, kind, actor, at }: StatusChange,
): Promise<void> {
  if (!isIssueId(issueId)) return;
  const activity = { issueId, kind, at, ...(actor === undefined ? {} : { actor }) };
  await transactions.write(async (session) => {
    const changed = await session.run(
      sql`UPDATE ${table('issue')} SET status = ${status} WHERE id = ${issueId} AND status = ${from}`,
    );
    if (changed === 1) await session.insert('activity', ACTIVITY_COLUMNS, [activityRow(activity)]);
  });
}
