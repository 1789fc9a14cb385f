import { databaseInteger } from '../../database-values.js';
import type { Session } from '../session.js';
import type { SqlValue } from '../statement.js';
import type { IssueChange } from './issue-changes.js';

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
