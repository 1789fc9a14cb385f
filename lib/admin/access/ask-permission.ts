import { tell } from '../../errors/tell.js';
import type { AdminAction, Permission } from './permission.js';
import { DeadlineError, withDeadline } from '../../time/deadline.js';

const ANSWER_MS = 5_000;
const WARN_EVERY_MS = 60_000;

let warnedAt = Number.NEGATIVE_INFINITY;

/** Asks the application's permission. Whatever is not a literal `true` in time is a no. */
export async function admits(
  permission: Permission | undefined,
  request: unknown,
  action: AdminAction,
): Promise<boolean> {
  if (!permission) return false;
  try {
    const answer: unknown = await withDeadline(ANSWER_MS, () => permission.allows(request, action));
    return answer === true;
  } catch (error) {
    warn(error instanceof DeadlineError ? 'did not answer within 5 seconds' : 'threw');
    return false;
  }
}

/** Anybody can reach a closed dashboard, so a broken permission must not become a way to fill the log. */
function warn(what: string): void {
  if (Date.now() - warnedAt < WARN_EVERY_MS) return;
  warnedAt = Date.now();
  tell('warn', `The dashboard's permission ${what}; the request was answered with 403.`);
}
