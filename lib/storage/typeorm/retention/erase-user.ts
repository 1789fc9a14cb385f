import { fromPayload } from '../../event-payload.js';
import { deleteEvents } from './delete-issues.js';
import { namedUser } from '../write/issue-users.js';
import type { Session } from '../session.js';
import { sql, table } from '../statement.js';
import type { Transactions } from '../transactions.js';
import { userHash, userKey } from '../../user-key.js';

/** Small enough that no other writer waits noticeably. */
const EVENTS_PER_TRANSACTION = 200;
/** These are read as a whole. */
const EVENTS_PER_READING = 50;
const ISSUES_PER_QUERY = 500;

/** Deletes every event of a user and every trace of them in the counts; the numbers themselves stay. */
export async function eraseUser(transactions: Transactions, userId: string): Promise<number> {
  while (await transactions.write(noteNamedUsers));
  const key = userKey(userId);
  let deleted = 0;
  for (let after = 0; ;) {
    const issues = await transactions.write((session) =>
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
  await transactions.wipe();
  return deleted;
}

/** Catches up on events that a version before this one stored. Returns whether there may be more. */
async function noteNamedUsers(session: Session): Promise<boolean> {
  const rows = await session.rows<{ id: string; issue_id: number; payload: string }>(
    sql`SELECT id, issue_id, payload FROM ${table('event')} WHERE named_user_hash IS NULL LIMIT ${EVENTS_PER_READING}`,
  );
  const nobody: string[] = [];
  for (const { id, issue_id, payload } of rows) {
    const user = namedUser(fromPayload({ id, payload }));
    if (user === undefined) nobody.push(id);
    else {
      const hash = userHash(issue_id, user);
      await session.run(sql`UPDATE ${table('event')} SET named_user_hash = ${hash} WHERE id = ${id}`);
    }
  }
  if (nobody.length > 0) {
    await session.run(sql`UPDATE ${table('event')} SET named_user_hash = ${''} WHERE id IN (${nobody})`);
  }
  return rows.length === EVENTS_PER_READING;
}

async function eraseHashes(transactions: Transactions, hashes: readonly string[]): Promise<number> {
  let deleted = 0;
  for (let batch = EVENTS_PER_TRANSACTION; batch === EVENTS_PER_TRANSACTION;) {
    batch = await transactions.write(async (session) => {
      const events = await session.rows<{ id: string }>(
        sql`SELECT id FROM ${table('event')}
          WHERE user_hash IN (${hashes}) OR named_user_hash IN (${hashes}) LIMIT ${EVENTS_PER_TRANSACTION}`,
      );
      return deleteEvents(
        session,
        events.map(({ id }) => id),
      );
    });
    deleted += batch;
  }
  await transactions.write((session) =>
    session.run(sql`DELETE FROM ${table('issue_user')} WHERE user_hash IN (${hashes})`),
  );
  return deleted;
}
