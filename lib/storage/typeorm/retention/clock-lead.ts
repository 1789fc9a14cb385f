import { steadyNow } from '../../../time/clock.js';
import type { Session } from '../session.js';

/**
 * How far this process's clock is ahead of another clock, in milliseconds and never below 0. What
 * is deleted for its age is gone for everybody, so one clock alone does not decide. The other clock
 * is the database's. Beside a file it is the process's own count of the time since it started,
 * which reveals a clock that jumped.
 */
export async function clockLead(session: Session): Promise<number> {
  const other = (await session.time()) ?? steadyNow();
  return Math.max(0, Math.round(Date.now() - other));
}
