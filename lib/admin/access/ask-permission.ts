import { tell } from '../../errors/tell.js';
import { DeadlineError, withDeadline } from '../../time/deadline.js';
import { MINUTE_MS, SECOND_MS } from '../../time/durations.js';
import type { AdminAction, Permission } from './permission.js';

const MAX_WAIT_MS = 5 * SECOND_MS;
const WARN_EVERY_MS = MINUTE_MS;

let warnedAt = Number.NEGATIVE_INFINITY;

/** Asks the application's permission. Anything but a literal `true` in time means no. */
export async function isAllowed(
  permission: Permission | undefined,
  request: unknown,
  action: AdminAction,
): Promise<boolean> {
  if (!permission) return false;
  try {
    const answer: unknown = await withDeadline(MAX_WAIT_MS, () => permission.allows(request, action));
    return answer === true;
  } catch (error) {
    warn(error instanceof DeadlineError ? 'did not answer within 5 seconds' : 'threw');
    return false;
  }
}

/**
 * Warns at most once a minute: anybody can call a closed dashboard, and must not fill the log
 * through a broken permission.
 */
function warn(what: string): void {
  if (Date.now() - warnedAt < WARN_EVERY_MS) return;
  warnedAt = Date.now();
  tell('warn', `The dashboard's permission ${what}; the request was answered with 403.`);
}
