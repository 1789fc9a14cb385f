import { InvalidCursorError } from '../../../errors/invalid-cursor.error.js';
import { isIssueId, MAX_INTEGER } from '../../database-values.js';
import { decodeCursor, pageOf, pageSize } from '../../paging.js';
import type { EventNeighbours, Page, StoredEvent } from '../../queries.js';
import { fromPayload } from '../event-payload.js';
import type { Session } from '../session.js';
import { NOTHING, sql, table, type Statement } from '../statement.js';

const COLUMNS = sql`id, issue_id, seq, hash, at, weight, payload`;

interface EventRow {
  readonly id: string;
  readonly issue_id: number;
  readonly seq: number;
  readonly hash: string;
  readonly at: number | string;
  readonly weight: number;
  readonly payload: string;
}

export async function findEvents(
  session: Session,
  issueId: number,
  limit: number,
  cursor?: string,
): Promise<Page<StoredEvent>> {
  if (!isIssueId(issueId)) return { items: [] };
  const size = pageSize(limit);
  let before = NOTHING;
  if (cursor !== undefined) {
    const { value: seq, id } = decodeCursor('event', cursor);
    if (id !== issueId || seq > MAX_INTEGER) throw new InvalidCursorError();
    before = sql` AND seq < ${seq}`;
  }
  const rows = await session.rows<EventRow>(
    sql`SELECT ${COLUMNS} FROM ${table('event')} WHERE issue_id = ${issueId}${before}
      ORDER BY seq DESC LIMIT ${size + 1}`,
  );
  const { items, ...more } = pageOf('event', rows, size, ({ seq }) => ({ value: seq, id: issueId }));
  return { items: items.map(toStoredEvent), ...more };
}

export async function getEvent(session: Session, eventId: string): Promise<StoredEvent | undefined> {
  if (!/^[\w-]{1,36}$/.test(eventId)) return undefined;
  const [row] = await session.rows<EventRow>(
    sql`SELECT ${COLUMNS} FROM ${table('event')} WHERE id = ${eventId}`,
  );
  return row && toStoredEvent(row);
}

export async function getNeighbours(
  session: Session,
  issueId: number,
  seq: number,
): Promise<EventNeighbours> {
  if (!isIssueId(issueId) || !isIssueId(seq)) return {};
  const nearest = async (side: Statement, order: Statement): Promise<string | undefined> => {
    const [row] = await session.rows<{ id: string }>(
      sql`SELECT id FROM ${table('event')} WHERE issue_id = ${issueId} AND seq ${side} ${seq}
        ORDER BY seq ${order} LIMIT 1`,
    );
    return row?.id;
  };
  const first = await nearest(sql`<`, sql`ASC`);
  const previous = await nearest(sql`<`, sql`DESC`);
  const next = await nearest(sql`>`, sql`ASC`);
  const last = await nearest(sql`>`, sql`DESC`);
  return {
    ...(first !== undefined && { first }),
    ...(previous !== undefined && { previous }),
    ...(next !== undefined && { next }),
    ...(last !== undefined && { last }),
  };
}

function toStoredEvent({ id, issue_id, seq, hash, at, weight, payload }: EventRow): StoredEvent {
  return { issueId: issue_id, seq, weight, event: fromPayload(payload, { id, hash, at: Number(at) }) };
}
