import { DAY_MS } from '../../../time/durations.js';
import type { Session } from '../session.js';
import { sql } from '../statement.js';
import { isAheadOfClock, steadyNow } from '../../../time/clock.js';

/**
 * How far this process's clock is ahead of another one, in milliseconds and never below 0. What is deleted for its age
 * is gone for everybody, so one clock alone does not decide: there is the database's, and beside a file the process's
 * own count of the time since it started, by which a clock that jumps is told.
 */
export async function clockLead(session: Session): Promise<number> {
  const other = await databaseTime(session);
  return Math.max(0, Math.round(Date.now() - (other ?? steadyNow())));
}

/** Whether a moment lies more than a day ahead of every clock at hand, so that a wrong one must have said it. */
export async function isFarAhead(session: Session, moment: number): Promise<boolean> {
  return isAheadOfClock(moment) && moment > ((await databaseTime(session)) ?? 0) + DAY_MS;
}

async function databaseTime(session: Session): Promise<number | undefined> {
  if (!session.isMysql && !session.isPostgres) return undefined;
  const seconds = session.isMysql
    ? sql`SELECT UNIX_TIMESTAMP() AS seconds`
    : sql`SELECT EXTRACT(EPOCH FROM clock_timestamp()) AS seconds`;
  const [row] = await session.rows<{ seconds: number | string }>(seconds);
  return row && Number(row.seconds) * 1000;
}
