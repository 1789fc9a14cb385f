import type { AlertKind } from '../../../event/alert.js';
import type { ActivityKind, TicketRef } from '../../../event/issue.js';
import { timeOrderedId } from '../../../values/time-ordered-id.js';
import type { NewOutboxEntry, OutboxEntry, OutboxResult } from '../../batch.js';
import { databaseInteger, databaseText } from '../../database-values.js';
import type { Session } from '../session.js';
import { FOR_UPDATE, sql, table } from '../statement.js';
import type { Transactions } from '../transactions.js';
import { ACTIVITY_COLUMNS, activityRow } from './activity-row.js';

const COLUMNS = [
  'id',
  'dedupe_key',
  'channel',
  'kind',
  'issue_id',
  'event_id',
  'state',
  'due_at',
  'claimed_until',
  'attempts',
];

const MAX_CLAIMED = 1000;
const MAX_ERROR = 500;

/** Inserts entries. One whose key is there is left as it is. */
export async function insertOutboxEntries(
  session: Session,
  entries: readonly NewOutboxEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ dedupeKey, channel, kind, issueId, eventId }) => [
    timeOrderedId(),
    databaseText(dedupeKey, 190),
    databaseText(channel, 60),
    kind,
    issueId,
    eventId ?? null,
    'pending',
    0,
    0,
    0,
  ]);
  await session.insert('outbox', COLUMNS, rows, { keys: ['dedupe_key'] });
}

export async function claimOutbox(
  transactions: Transactions,
  limit: number,
  now: number,
  until: number,
): Promise<readonly OutboxEntry[]> {
  // Mostly nothing is due, and looking needs no lock.
  const due = await transactions.read((session) =>
    session.rows(
      sql`SELECT id FROM ${table('outbox')}
        WHERE state = ${'pending'} AND due_at <= ${now} AND claimed_until <= ${now} LIMIT 1`,
    ),
  );
  if (due.length === 0) return [];
  return transactions.write((session) => claimIn(session, limit, now, until));
}

export function settleOutbox(
  transactions: Transactions,
  entry: OutboxEntry,
  result: OutboxResult,
  now: number,
): Promise<void> {
  return transactions.write((session) => settleIn(session, entry, result, now));
}

interface OutboxRow {
  readonly id: string;
  readonly dedupe_key: string;
  readonly channel: string;
  readonly kind: AlertKind;
  readonly issue_id: number;
  readonly event_id: string | null;
  readonly attempts: number;
}

/**
 * The update takes only rows that are still free when it locks them. The token shows afterwards
 * which it got.
 */
async function claimIn(session: Session, limit: number, now: number, until: number): Promise<OutboxEntry[]> {
  const rows = databaseInteger(Math.max(1, Math.min(limit, MAX_CLAIMED)));
  const due = await session.rows<{ id: string }>(
    sql`SELECT id FROM ${table('outbox')} WHERE state = ${'pending'} AND due_at <= ${now} AND claimed_until <= ${now}
      ORDER BY due_at, id LIMIT ${rows}`,
  );
  if (due.length === 0) return [];
  const token = timeOrderedId();
  await session.change(
    sql`UPDATE ${table('outbox')} SET claim_token = ${token}, claimed_until = ${until}, attempts = attempts + 1
      WHERE id IN (${due.map(({ id }) => id).sort()}) AND state = ${'pending'} AND claimed_until <= ${now}`,
  );
  const claimed = await session.rows<OutboxRow>(
    sql`SELECT id, dedupe_key, channel, kind, issue_id, event_id, attempts FROM ${table('outbox')}
      WHERE claim_token = ${token} ORDER BY due_at, id`,
  );
  return claimed.map((row) => ({
    id: row.id,
    dedupeKey: row.dedupe_key,
    channel: row.channel,
    kind: row.kind,
    issueId: row.issue_id,
    ...(row.event_id !== null && { eventId: row.event_id }),
    attempts: row.attempts,
  }));
}

async function settleIn(
  session: Session,
  entry: OutboxEntry,
  result: OutboxResult,
  now: number,
): Promise<void> {
  const [row] = await session.rows<{ state: string; attempts: number }>(
    sql`SELECT state, attempts FROM ${table('outbox')} WHERE id = ${entry.id} ${FOR_UPDATE}`,
  );
  // The entry was deleted with its issue, or another process recorded its result. A failure counts
  // for the latest attempt only.
  if (row?.state !== 'pending' || (!result.sent && row.attempts !== entry.attempts)) return;
  if (result.sent) {
    await close(session, entry, 'sent', null, now);
    if (result.ticket) await storeTicket(session, entry.issueId, result.ticket);
    const kind = result.ticket ? 'ticket_created' : 'alert_sent';
    await addActivity(session, entry.issueId, kind, now, result.ticket?.key ?? entry.channel);
  } else if (result.retryAt === undefined) {
    await close(session, entry, 'failed', result.error, now);
    await addActivity(session, entry.issueId, 'alert_failed', now, `${entry.channel}: ${result.error}`);
  } else {
    await session.change(
      sql`UPDATE ${table('outbox')} SET due_at = ${databaseInteger(result.retryAt)}, claimed_until = ${0},
        last_error = ${databaseText(result.error, MAX_ERROR)} WHERE id = ${entry.id}`,
    );
  }
}

async function close(
  session: Session,
  { id }: OutboxEntry,
  state: 'sent' | 'failed',
  error: string | null,
  now: number,
): Promise<void> {
  const reason = error === null ? null : databaseText(error, MAX_ERROR);
  await session.change(
    sql`UPDATE ${table('outbox')} SET state = ${state}, settled_at = ${now}, last_error = ${reason} WHERE id = ${id}`,
  );
}

async function storeTicket(session: Session, issueId: number, { key, url }: TicketRef): Promise<void> {
  const address = url === undefined ? null : databaseText(url, 1000);
  await session.change(
    sql`UPDATE ${table('issue')} SET ticket_key = ${databaseText(key, 190)}, ticket_url = ${address}
      WHERE id = ${issueId}`,
  );
}

function addActivity(
  session: Session,
  issueId: number,
  kind: ActivityKind,
  at: number,
  detail: string,
): Promise<void> {
  return session.insert('activity', ACTIVITY_COLUMNS, [activityRow({ issueId, kind, at, detail })]);
}
