import { DAY_MS } from '../../../time/durations.js';
import type { Session } from '../session.js';
import { FOR_UPDATE, sql, table } from '../statement.js';
import type { Transactions } from '../transactions.js';
import type { Step } from './step.js';

const DAYS_PER_TRANSACTION = 100;
const HOURS_PER_TRANSACTION = 24;

/** Makes one count of every day before a moment: nobody asks for the hours of a day long ago. */
export async function rollUpHours(transactions: Transactions, before: number): Promise<Step> {
  const days = await transactions.read((session) =>
    session.rows<{ issue_id: number; day: number | string }>(
      sql`SELECT DISTINCT issue_id, hour - hour % ${DAY_MS} AS day FROM ${table('issue_hour')}
        WHERE hour < ${before} AND hour % ${DAY_MS} <> 0 ORDER BY issue_id LIMIT ${DAYS_PER_TRANSACTION}`,
    ),
  );
  if (days.length === 0) return { more: false };
  await transactions.write(async (session) => {
    for (const { issue_id, day } of days) await rollUpDay(session, issue_id, Number(day));
  });
  return { more: days.length === DAYS_PER_TRANSACTION };
}

async function rollUpDay(session: Session, issueId: number, day: number): Promise<void> {
  const hours = await session.rows<{ n: number | string }>(
    sql`SELECT hour, n FROM ${table('issue_hour')}
      WHERE issue_id = ${issueId} AND hour >= ${day} AND hour < ${day + DAY_MS} ${FOR_UPDATE}`,
  );
  // The issue was deleted meanwhile.
  if (hours.length === 0) return;
  const sum = hours.reduce((total, { n }) => total + Number(n), 0);
  await session.change(
    sql`DELETE FROM ${table('issue_hour')} WHERE issue_id = ${issueId} AND hour >= ${day} AND hour < ${day + DAY_MS}`,
  );
  await session.insert('issue_hour', ['issue_id', 'hour', 'n'], [[issueId, day, sum]]);
}

export async function deleteOldHours(transactions: Transactions, before: number): Promise<Step> {
  const hours = await transactions.read((session) =>
    session.rows<{ hour: number | string }>(
      sql`SELECT DISTINCT hour FROM ${table('issue_hour')}
        WHERE hour < ${before} ORDER BY hour LIMIT ${HOURS_PER_TRANSACTION}`,
    ),
  );
  if (hours.length === 0) return { more: false };
  const starts = hours.map(({ hour }) => Number(hour));
  await transactions.write((session) =>
    session.change(sql`DELETE FROM ${table('issue_hour')} WHERE hour IN (${starts})`),
  );
  return { more: hours.length === HOURS_PER_TRANSACTION };
}
