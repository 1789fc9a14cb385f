import type { UserInfo } from '../event/error-event.js';
import { userKey } from '../storage/user-key.js';

/**
 * The id of a user as the store knows it. Applications use numbers as well, whatever the types say.
 */
export function userIdOf(user: unknown): string | undefined {
  if (typeof user !== 'object' || user === null) return undefined;
  const { id } = user as { id?: unknown };
  if (typeof id === 'number' || typeof id === 'bigint') return String(id);
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** Key of a user, see `userKey`; `undefined` for one without an id. */
export function userKeyOf(user: unknown): string | undefined {
  const id = userIdOf(user);
  return id === undefined ? undefined : userKey(id);
}

/** What the application calls a user, with an id that is text or none. */
export function userInfoOf(given: unknown): UserInfo | undefined {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined;
  const { id: _given, ...rest } = given as UserInfo;
  const id = userIdOf(given);
  return { ...(id !== undefined && { id }), ...rest };
}
