import { DAY_MS } from '../../../time/durations.js';
import { sha256 } from '../../../values/hash.js';
import type { Batch } from '../../batch.js';
import type { Session } from '../session.js';
import { FOR_UPDATE, sql, table } from '../statement.js';
import type { Transactions } from '../transactions.js';

/** Longer than any process retries a batch. */
const KEPT_MS = 7 * DAY_MS;

/**
 * Whether this batch is in the database already: its commit may have succeeded without an answer.
 * The marker is written in the same transaction as what it marks. Its lock makes a second attempt
 * wait for the end of the first.
 */
export async function wasSaved(session: Session, { id, instance }: Batch): Promise<boolean> {
  const name = `flush:${instance.length <= 100 ? instance : sha256(instance)}`;
  const marker = sql`SELECT value FROM ${table('meta')} WHERE name = ${name} ${FOR_UPDATE}`;
  let [row] = await session.rows<{ value: string }>(marker);
  if (!row) {
    await session.insert('meta', ['name', 'value', 'updated_at'], [[name, '', Date.now()]], {
      keys: ['name'],
    });
    [row] = await session.rows<{ value: string }>(marker);
  }
  if (row?.value === id) return true;
  await session.change(
    sql`UPDATE ${table('meta')} SET value = ${id}, updated_at = ${Date.now()} WHERE name = ${name}`,
  );
  return false;
}

/** Deletes the markers of processes that ended: none of them asks for its own again. */
export async function forgetOldMarkers(transactions: Transactions): Promise<void> {
  const isOld = sql`name LIKE ${'flush:%'} AND updated_at < ${Date.now() - KEPT_MS}`;
  const old = await transactions.read((session) =>
    session.rows(sql`SELECT name FROM ${table('meta')} WHERE ${isOld} LIMIT 1`),
  );
  if (old.length === 0) return;
  await transactions.write((session) => session.change(sql`DELETE FROM ${table('meta')} WHERE ${isOld}`));
}
