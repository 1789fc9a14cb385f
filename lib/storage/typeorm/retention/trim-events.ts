import { eventLoopTurn } from '../../../time/pause.js';
import { eventsToTrim, trimmedAbove } from '../../events-to-trim.js';
import type { Session } from '../session.js';
import { sql, table } from '../statement.js';
import type { Transactions } from '../transactions.js';
import { deleteEvents } from './delete-events.js';
import { ROWS_PER_TRANSACTION, type Step } from './step.js';

const ISSUES_PER_STEP = 50;

/** Trims every issue that is well above its share of events. */
export function trimIssues(transactions: Transactions, share: number): Promise<Step> {
  return trim(transactions, trimmedAbove(share), () => share);
}

/**
 * Brings the number of all events within its bound. The fullest issues lose a fifth at a time, so
 * that a noisy one does not cost the others their last events.
 */
export async function trimAll(transactions: Transactions, bound: number): Promise<Step> {
  const [sum] = await transactions.read((session) =>
    session.rows<{ n: number | string | null; fullest: number | null }>(
      sql`SELECT SUM(stored_count) AS n, MAX(stored_count) AS fullest FROM ${table('issue')}`,
    ),
  );
  let excess = Number(sum?.n ?? 0) - bound;
  if (excess <= 0) return { more: false };
  const half = Math.max(1, Math.floor(Number(sum?.fullest ?? 0) / 2));
  const { events = 0, more } = await trim(transactions, half, (stored) => {
    const loss = Math.min(excess, Math.ceil(stored / 5));
    excess -= loss;
    return stored - loss;
  });
  return { events, more: more || (excess > 0 && events > 0) };
}

/** Trims issues that store more than `above` events, the fullest first, to what `shareOf` says. */
async function trim(
  transactions: Transactions,
  above: number,
  shareOf: (stored: number) => number,
): Promise<Step> {
  const full = await transactions.read((session) =>
    session.rows<{ id: number; stored_count: number }>(
      sql`SELECT id, stored_count FROM ${table('issue')} WHERE stored_count > ${above}
        ORDER BY stored_count DESC LIMIT ${ISSUES_PER_STEP}`,
    ),
  );
  let events = 0;
  let isPartly = false;
  for (const { id, stored_count: stored } of full) {
    // An embedded database works on the only thread there is: the application has its turn after
    // every piece.
    await eventLoopTurn();
    const share = shareOf(stored);
    const toTrim = await transactions.read((session) => idsToTrim(session, id, share));
    events += await deleteEvents(transactions, toTrim.slice(0, ROWS_PER_TRANSACTION));
    isPartly ||= toTrim.length > ROWS_PER_TRANSACTION;
  }
  return { events, more: isPartly || (full.length === ISSUES_PER_STEP && events > 0) };
}

async function idsToTrim(session: Session, issueId: number, share: number): Promise<readonly string[]> {
  const events = await session.rows<{ id: string; at: number | string; release_name: string | null }>(
    sql`SELECT id, at, release_name FROM ${table('event')} WHERE issue_id = ${issueId} ORDER BY seq`,
  );
  const comebacks = await session.rows<{ at: number | string }>(
    sql`SELECT at FROM ${table('activity')} WHERE issue_id = ${issueId} AND kind = ${'regressed'}`,
  );
  return eventsToTrim(
    events.map(({ id, at, release_name: release }) => ({ id, at: Number(at), release })),
    comebacks.map(({ at }) => Number(at)),
    share,
  );
}
