import { activityRow, ACTIVITY_COLUMNS } from './activity.row.js';
import type { StatusChange } from './event-store.js';
import { isIssueId } from './issue-id.js';
import type { Session } from './session.js';
import { FOR_UPDATE, sql, table } from './statement.js';
import type { Transactions } from './transactions.js';

/** Small enough that no other writer waits noticeably. */
const EVENTS_PER_TRANSACTION = 200;

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

/** Events go first and in batches; issue, fingerprints and the rest go together, so that no fingerprint leads nowhere. */
export async function deleteIssue(transactions: Transactions, issueId: number): Promise<boolean> {
  if (!isIssueId(issueId)) return false;
  for (let deleted = EVENTS_PER_TRANSACTION; deleted === EVENTS_PER_TRANSACTION;) {
    deleted = await transactions.write((session) => deleteEvents(session, issueId));
  }
  return transactions.write(async (session) => {
    const [issue] = await session.rows<{ id: number }>(
      sql`SELECT id FROM ${table('issue')} WHERE id = ${issueId} ${FOR_UPDATE}`,
    );
    if (!issue) return false;
    // The outbox first: whoever settles an entry of it adds to the activity.
    for (const name of ['outbox', 'event', 'issue_hour', 'issue_user', 'activity', 'fingerprint'] as const) {
      await session.run(sql`DELETE FROM ${table(name)} WHERE issue_id = ${issueId}`);
    }
    await session.run(sql`DELETE FROM ${table('issue')} WHERE id = ${issueId}`);
    return true;
  });
}

async function deleteEvents(session: Session, issueId: number): Promise<number> {
  const events = await session.rows<{ id: string }>(
    sql`SELECT id FROM ${table('event')} WHERE issue_id = ${issueId} ORDER BY seq LIMIT ${EVENTS_PER_TRANSACTION}`,
  );
  if (events.length > 0) {
    await session.run(sql`DELETE FROM ${table('event')} WHERE id IN (${events.map(({ id }) => id)})`);
  }
  return events.length;
}
