import { MAX_INTEGER } from '../../database-text.js';
import type { Session } from '../session.js';
import { sql, table } from '../statement.js';

/**
 * Issues that somebody resolved and that nothing happened to since a moment (epoch milliseconds): no event, and nobody
 * touched them. A muted one is none of them: deleted, it would be a new issue the next time, and alert.
 *
 * @param only the one to look at; by default all, the longest quiet first
 */
export async function quietIssues(
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
