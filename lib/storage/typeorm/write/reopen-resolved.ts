import type { Session } from '../session.js';
import { sql, table } from '../statement.js';

/**
 * Reopens an issue whose bug came back, and counts the regression. An issue that is not resolved
 * stays as it is. Returns whether this call reopened it: that is so in one process alone.
 */
export async function reopenResolved(session: Session, issueId: number): Promise<boolean> {
  const changed = await session.change(
    sql`UPDATE ${table('issue')} SET status = ${'open'}, regressions = regressions + 1
      WHERE id = ${issueId} AND status = ${'resolved'}`,
  );
  return changed === 1;
}
