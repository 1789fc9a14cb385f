import { sha256 } from '../../../values/hash.js';
import type { IssueDelta } from '../../batch.js';
import { MAX_USERS, userOf } from '../../user-key.js';
import type { Session } from '../session.js';
import { sql, table } from '../statement.js';
import type { IssueChange } from './issue-changes.js';

/**
 * Hash of a user's key and the issue, so that the tables do not tell which issues met the same
 * person.
 */
export function userHash(issueId: number, key: string): string {
  return sha256(`${String(issueId)}:${key}`);
}

/**
 * Hashes of the users of a batch who were not counted before, by issue. The issues' rows are
 * locked.
 */
export async function findNewUsers(
  session: Session,
  changes: readonly Omit<IssueChange, 'newUsers'>[],
): Promise<Map<number, string[]>> {
  const users = new Map<number, Set<string>>();
  for (const { issue, deltas } of changes) {
    if (issue.userCount >= MAX_USERS) continue;
    const hashes = deltas.flatMap(usersOf).map((key) => userHash(issue.id, key));
    if (hashes.length > 0) users.set(issue.id, new Set(hashes));
  }
  if (users.size === 0) return new Map();

  const hashes = [...users.values()].flatMap((of) => [...of]);
  const counted = await session.rows<{ issue_id: number; user_hash: string }>(
    sql`SELECT issue_id, user_hash FROM ${table('issue_user')}
      WHERE issue_id IN (${[...users.keys()]}) AND user_hash IN (${hashes})`,
  );
  for (const { issue_id, user_hash } of counted) users.get(issue_id)?.delete(user_hash);
  const room = new Map(changes.map(({ issue }) => [issue.id, MAX_USERS - issue.userCount]));
  return new Map([...users].map(([id, of]) => [id, [...of].sort().slice(0, room.get(id))]));
}

export async function insertUsers(session: Session, changes: readonly IssueChange[]): Promise<void> {
  const rows = changes.flatMap(({ issue, newUsers }) => newUsers.map((hash) => [issue.id, hash]));
  if (rows.length > 0) await session.insert('issue_user', ['issue_id', 'user_hash'], rows);
}

function usersOf({ users, samples }: IssueDelta): readonly string[] {
  return users ?? samples.map(userOf).filter((key) => key !== undefined);
}
