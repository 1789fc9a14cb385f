import { LRUCache } from 'lru-cache';
import { sha256 } from '../values/hash.js';

const keys = new LRUCache<string, string>({ max: 1000 });

/** What stands for a user wherever people are counted: nobody's id is kept for that. */
export function userKey(userId: string): string {
  const id = userId.slice(0, 1000);
  let key = keys.get(id);
  if (key === undefined) {
    key = sha256(id);
    keys.set(id, key);
  }
  return key;
}

/** The same once more with the issue, so that the tables do not tell which issues met the same person. */
export function userHash(issueId: number, key: string): string {
  return sha256(`${String(issueId)}:${key}`);
}
