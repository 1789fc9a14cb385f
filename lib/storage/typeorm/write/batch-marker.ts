import { LessThan, Like } from 'typeorm';
import { MetaEntity } from '../schema/meta.entity.js';
import type { Batch } from '../../event-store.js';
import type { Session } from '../session.js';
import { FOR_UPDATE, sql, table } from '../statement.js';
import type { Transactions } from '../transactions.js';
import { sha256 } from '../../../values/hash.js';
import { DAY_MS } from '../../../time/durations.js';

/** No process tries the same batch for that long. */
const KEPT_MS = 7 * DAY_MS;

/**
 * Whether this batch is in the database already: its commit may have succeeded without an answer. The marker stands in
 * the same transaction as what it marks, and its lock makes a second attempt wait for the end of the first.
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
  await session.run(
    sql`UPDATE ${table('meta')} SET value = ${id}, updated_at = ${Date.now()} WHERE name = ${name}`,
  );
  return false;
}

/** Every process leaves a marker behind, and a process that ended never asks for its own again. */
export async function forgetOldMarkers(transactions: Transactions): Promise<void> {
  const before = Date.now() - KEPT_MS;
  const where = { name: Like('flush:%'), updatedAt: LessThan(before) };
  if (!(await transactions.read((manager) => manager.exists(MetaEntity, { where })))) return;
  await transactions.write((session) =>
    session.run(sql`DELETE FROM ${table('meta')} WHERE name LIKE ${'flush:%'} AND updated_at < ${before}`),
  );
}
