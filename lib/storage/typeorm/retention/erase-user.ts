import { namedUser, userKey } from '../../user-key.js';
import { fromPayload } from '../event-payload.js';
import { sql, table } from '../statement.js';
import type { Transactions } from '../transactions.js';
import { userHash } from '../write/issue-users.js';
import { deleteEvents } from './delete-events.js';

/** Small enough that no other writer waits noticeably. */
const EVENTS_PER_TRANSACTION = 200;
/** These are read with all that is in them. */
const EVENTS_PER_READING = 50;
const ISSUES_PER_QUERY = 500;

/**
 * Deletes every event of a user, and everything that shows they were counted. The counts themselves
 * stay. Returns the number of events.
 */
export async function eraseUser(transactions: Transactions, userId: string): Promise<number> {
  await noteAllNamedUsers(transactions);
  const key = userKey(userId);
  let deleted = 0;
  for (let after = 0; ;) {
    const issues = await transactions.read((session) =>
      session.rows<{ id: number }>(
        sql`SELECT id FROM ${table('issue')} WHERE id > ${after} ORDER BY id LIMIT ${ISSUES_PER_QUERY}`,
      ),
    );
    const hashes = issues.map(({ id }) => userHash(id, key));
    if (hashes.length > 0) deleted += await eraseHashes(transactions, hashes);
    const last = issues.at(-1);
    if (!last || issues.length < ISSUES_PER_QUERY) break;
    after = last.id;
  }
  await transactions.read((session) => session.purge()).catch(() => undefined);
  return deleted;
}

async function noteAllNamedUsers(transactions: Transactions): Promise<void> {
  let more = true;
  while (more) more = await noteNamedUsers(transactions);
}

/**
 * Fills the column that an earlier version did not write. Returns whether there may be more events
 * of it.
 */
async function noteNamedUsers(transactions: Transactions): Promise<boolean> {
  const rows = await transactions.read((session) =>
    session.rows<{ id: string; issue_id: number; payload: string }>(
      sql`SELECT id, issue_id, payload FROM ${table('event')} WHERE named_user_hash IS NULL LIMIT ${EVENTS_PER_READING}`,
    ),
  );
  if (rows.length === 0) return false;
  const nobody: string[] = [];
  const named: { readonly id: string; readonly hash: string }[] = [];
  for (const { id, issue_id, payload } of rows) {
    const user = namedUser(fromPayload(payload, { id }));
    if (user === undefined) nobody.push(id);
    else named.push({ id, hash: userHash(issue_id, user) });
  }
  await transactions.write(async (session) => {
    for (const { id, hash } of named) {
      await session.change(sql`UPDATE ${table('event')} SET named_user_hash = ${hash} WHERE id = ${id}`);
    }
    if (nobody.length > 0) {
      await session.change(sql`UPDATE ${table('event')} SET named_user_hash = ${''} WHERE id IN (${nobody})`);
    }
  });
  return rows.length === EVENTS_PER_READING;
}

async function eraseHashes(transactions: Transactions, hashes: readonly string[]): Promise<number> {
  let deleted = 0;
  for (let more = true; more;) {
    const events = await transactions.read((session) =>
      session.rows<{ id: string }>(
        sql`SELECT id FROM ${table('event')}
          WHERE user_hash IN (${hashes}) OR named_user_hash IN (${hashes}) LIMIT ${EVENTS_PER_TRANSACTION}`,
      ),
    );
    deleted += await deleteEvents(
      transactions,
      events.map(({ id }) => id),
    );
    more = events.length === EVENTS_PER_TRANSACTION;
  }
  await forgetCounted(transactions, hashes);
  return deleted;
}

async function forgetCounted(transactions: Transactions, hashes: readonly string[]): Promise<void> {
  const counted = await transactions.read((session) =>
    session.rows<{ issue_id: number }>(
      sql`SELECT issue_id FROM ${table('issue_user')} WHERE user_hash IN (${hashes})`,
    ),
  );
  if (counted.length === 0) return;
  const issueIds = counted.map(({ issue_id }) => issue_id);
  await transactions.write((session) =>
    session.change(
      sql`DELETE FROM ${table('issue_user')} WHERE issue_id IN (${issueIds}) AND user_hash IN (${hashes})`,
    ),
  );
}
