import { databaseText } from '../../database-values.js';
import { sql, table } from '../statement.js';
import type { Transactions } from '../transactions.js';

const MAX_OWNER = 190;

/**
 * Gives a piece of work to one owner for `ms` milliseconds from `now` (epoch milliseconds). The
 * owner may take it again. Nobody can have it for longer: a lease that seems to last longer was
 * written by a wrong clock and counts for nothing.
 */
export async function acquireLease(
  transactions: Transactions,
  name: string,
  owner: string,
  now: number,
  ms: number,
): Promise<boolean> {
  const holder = databaseText(owner, MAX_OWNER);
  const until = now + ms;
  return transactions.write(async (session) => {
    await session.insert('lease', ['name', 'owner', 'expires_at'], [[name, holder, 0]], { keys: ['name'] });
    const changed = await session.change(
      sql`UPDATE ${table('lease')} SET owner = ${holder}, expires_at = ${until}
        WHERE name = ${name} AND (expires_at <= ${now} OR expires_at > ${until} OR owner = ${holder})`,
    );
    return changed === 1;
  });
}

/** Gives the work back if it is still the owner's. No moment is compared, because clocks differ. */
export async function releaseLease(transactions: Transactions, name: string, owner: string): Promise<void> {
  const holder = databaseText(owner, MAX_OWNER);
  await transactions.write((session) =>
    session.change(
      sql`UPDATE ${table('lease')} SET expires_at = ${0} WHERE name = ${name} AND owner = ${holder}`,
    ),
  );
}
