import { databaseInteger } from '../../database-text.js';
import { DAY_MS } from '../../../time/durations.js';
import type { IssueChange } from './issue-changes.js';
import type { Session } from '../session.js';
import { FOR_UPDATE, sql, table, type SqlValue } from '../statement.js';
import type { Transactions } from '../transactions.js';

/** Days of one transaction. */
const DAYS = 100;

/** Adds to the counts per hour. */
export async function addHours(session: Session, changes: readonly IssueChange[]): Promise<void> {
  const rows = changes.flatMap(({ issue, deltas }) => {
    const sums = new Map<number, number>();
    for (const { hours } of deltas) {
      for (const [hour, n] of hours) {
        const start = databaseInteger(hour);
        sums.set(start, (sums.get(start) ?? 0) + databaseInteger(n));
      }
    }
    return [...sums].sort(([a], [b]) => a - b).map(([hour, n]): SqlValue[] => [issue.id, hour, n]);
  });
  if (rows.length === 0) return;
  await session.insert('issue_hour', ['issue_id', 'hour', 'n'], rows, {
    keys: ['issue_id', 'hour'],
    update: (present, incoming) => [`n = ${present('n')} + ${incoming('n')}`],
  });
}

/** Makes one count of every day before the given one: of a day long ago nobody asks for the hours. */
export async function rollUpHours(transactions: Transactions, before: number): Promise<{ more: boolean }> {
  const more = await transactions.write(async (session) => {
    const days = await session.rows<{ issue_id: number; day: number | string }>(
      sql`SELECT DISTINCT issue_id, hour - hour % ${DAY_MS} AS day FROM ${table('issue_hour')}
        WHERE hour < ${before} AND hour % ${DAY_MS} <> 0 ORDER BY issue_id LIMIT ${DAYS}`,
    );
    for (const { issue_id, day } of days) await rollUpDay(session, issue_id, Number(day));
    return days.length === DAYS;
  });
  return { more };
}

async function rollUpDay(session: Session, issueId: number, day: number): Promise<void> {
  const hours = await session.rows<{ hour: number | string; n: number | string }>(
    sql`SELECT hour, n FROM ${table('issue_hour')}
      WHERE issue_id = ${issueId} AND hour >= ${day} AND hour < ${day + DAY_MS} ${FOR_UPDATE}`,
  );
  const sum = hours.reduce((total, { n }) => total + Number(n), 0);
  await session.run(
    sql`DELETE FROM ${table('issue_hour')} WHERE issue_id = ${issueId} AND hour >= ${day} AND hour < ${day + DAY_MS}`,
  );
  await session.insert('issue_hour', ['issue_id', 'hour', 'n'], [[issueId, day, sum]]);
}
