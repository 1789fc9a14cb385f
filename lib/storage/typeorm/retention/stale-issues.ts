import { eventLoopTurn } from '../../../time/pause.js';
import { MAX_INTEGER } from '../../database-values.js';
import type { Session } from '../session.js';
import { sql, table } from '../statement.js';
import type { Transactions } from '../transactions.js';
import { deleteIssue } from './delete-issues.js';
import type { Step } from './step.js';

const ISSUES_PER_STEP = 50;

/** Deletes resolved issues that nothing happened to since a moment, in epoch milliseconds. */
export async function deleteStaleIssues(transactions: Transactions, since: number): Promise<Step> {
  const stale = await transactions.read((session) => staleIssues(session, since, ISSUES_PER_STEP));
  let issues = 0;
  let events = 0;
  for (const id of stale) {
    await eventLoopTurn();
    // It may have come back since it was looked for.
    const isDue = async (session: Session) => (await staleIssues(session, since, 1, id)).length > 0;
    const deleted = await deleteIssue(transactions, id, isDue);
    issues += deleted.isGone ? 1 : 0;
    events += deleted.events;
  }
  return { issues, events, more: stale.length === ISSUES_PER_STEP };
}

/**
 * Ids of resolved issues without an event, and without anybody's action, since a moment. Muted
 * issues are not among them: a muted issue that was deleted would be a new one the next time, and
 * alert.
 *
 * @param only the one issue to look at; by default all, those first that have been quiet the
 *   longest
 */
async function staleIssues(
  session: Session,
  since: number,
  limit: number,
  only?: number,
): Promise<readonly number[]> {
  const [from, to] = only === undefined ? [0, MAX_INTEGER] : [only, only];
  const rows = await session.rows<{ id: number }>(
    sql`SELECT one.id FROM ${table('issue')} AS one
      WHERE one.status = ${'resolved'} AND one.last_seen < ${since} AND one.id BETWEEN ${from} AND ${to}
      AND NOT EXISTS (
        SELECT 1 FROM ${table('activity')} AS line WHERE line.issue_id = one.id AND line.at >= ${since}
      )
      ORDER BY one.last_seen, one.id LIMIT ${limit}`,
  );
  return rows.map(({ id }) => id);
}
