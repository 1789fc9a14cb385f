import { LRUCache } from 'lru-cache';
import type { ErrorEvent } from '../event/error-event.js';
import { sha256 } from '../values/hash.js';
import type { Sample } from './batch.js';

/** Users of an issue are counted up to here. */
export const MAX_USERS = 1000;

const MAX_ID_LENGTH = 1000;

const keys = new LRUCache<string, string>({ max: 1000 });

/** The key of a user wherever users are counted, so that no id has to be kept for it. */
export function userKey(userId: string): string {
  const id = userId.slice(0, MAX_ID_LENGTH);
  let key = keys.get(id);
  if (key === undefined) {
    key = sha256(id);
    keys.set(id, key);
  }
  return key;
}

/** Key of the user that an event happened to. */
export function userOf({ user, event }: Sample): string | undefined {
  return user ?? namedUser(event);
}

/**
 * Key of the user whose id stands in an event. A hook or a masker may have replaced the user's own
 * id there.
 */
export function namedUser({ user }: ErrorEvent): string | undefined {
  // A stored row may hold anything.
  const id: unknown = user?.id;
  return typeof id === 'string' && id !== '' ? userKey(id) : undefined;
}
