import { databaseText } from './database-text.js';
import { sql, table } from './statement.js';
import type { Transactions } from './transactions.js';

/** Gives a piece of work to one owner until a moment (epoch milliseconds); whoever has it may have it again. */
export async function acquireLease(
  transactions: Transactions,
  name: string,
  owner: string,
  now: number,
  until: number,
): Promise<boolean> {
  const holder = databaseText(owner, 190);
  return transactions.write(async (session) => {
    await session.insert('lease', ['name', 'owner', 'expires_at'], [[name, holder, 0]], { keys: ['name'] });
    const changed = await session.run(
      sql`UPDATE ${table('lease')} SET owner = ${holder}, expires_at = ${until}
        WHERE name = ${name} AND (expires_at <= ${now} OR owner = ${holder})`,
    );
    return changed === 1;
  });
}
