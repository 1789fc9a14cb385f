import { databaseText } from '../../database-text.js';
import { sql, table } from '../statement.js';
import type { Transactions } from '../transactions.js';

/**
 * Gives a piece of work to one owner for `ms` milliseconds from `now` (epoch milliseconds); whoever has it may have it
 * again. Nobody can have it for longer, so a lease that seems to is the work of a wrong clock, and counts for nothing.
 */
export async function acquireLease(
  transactions: Transactions,
  name: string,
  owner: string,
  now: number,
  ms: number,
): Promise<boolean> {
  const holder = databaseText(owner, 190);
  const until = now + ms;
  return transactions.write(async (session) => {
    await session.insert('lease', ['name', 'owner', 'expires_at'], [[name, holder, 0]], { keys: ['name'] });
    const changed = await session.run(
      sql`UPDATE ${table('lease')} SET owner = ${holder}, expires_at = ${until}
        WHERE name = ${name} AND (expires_at <= ${now} OR expires_at > ${until} OR owner = ${holder})`,
    );
    return changed === 1;
  });
}

/** Gives it back, if it is still the owner's; without a moment, which would be that of one clock. */
export async function releaseLease(transactions: Transactions, name: string, owner: string): Promise<void> {
  const holder = databaseText(owner, 190);
  await transactions.write((session) =>
    session.run(
      sql`UPDATE ${table('lease')} SET expires_at = ${0} WHERE name = ${name} AND owner = ${holder}`,
    ),
  );
}
