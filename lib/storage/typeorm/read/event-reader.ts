import type { EntityManager } from 'typeorm';
import { InvalidCursorError } from '../../../errors/invalid-cursor.error.js';
import { decodeCursor, encodeCursor } from '../../cursor.js';
import { MAX_INTEGER } from '../../database-text.js';
import { EVENT_TABLE, type EventRow } from '../schema/event.entity.js';
import { fromPayload } from '../../event-payload.js';
import type { EventNeighbours, Page, StoredEvent } from '../../event-store.js';
import { isIssueId } from '../../issue-id.js';
import { pageSize } from '../../page-size.js';

export async function findEvents(
  manager: EntityManager,
  issueId: number,
  limit: number,
  cursor?: string,
): Promise<Page<StoredEvent>> {
  if (!isIssueId(issueId)) return { items: [] };
  const size = pageSize(limit);
  const select = events(manager).where('event.issueId = :issueId', { issueId });
  if (cursor !== undefined) {
    const { value: seq, id } = decodeCursor('event', cursor);
    if (id !== issueId || seq > MAX_INTEGER) throw new InvalidCursorError();
    select.andWhere('event.seq < :seq', { seq });
  }
  const rows = await select
    .orderBy('event.seq', 'DESC')
    .limit(size + 1)
    .getMany();
  const items = rows.slice(0, size);
  const last = rows.length > size ? items.at(-1) : undefined;
  return {
    items: items.map(toStoredEvent),
    ...(last ? { nextCursor: encodeCursor('event', { value: last.seq, id: issueId }) } : {}),
  };
}

export async function getEvent(manager: EntityManager, eventId: string): Promise<StoredEvent | undefined> {
  if (!/^[\w-]{1,36}$/.test(eventId)) return undefined;
  const row = await events(manager).where('event.id = :eventId', { eventId }).getOne();
  return row ? toStoredEvent(row) : undefined;
}

export async function getNeighbours(
  manager: EntityManager,
  issueId: number,
  seq: number,
): Promise<EventNeighbours> {
  if (!isIssueId(issueId) || !isIssueId(seq)) return {};
  const nearest = async (condition: string, order: 'ASC' | 'DESC') => {
    const row = await events(manager)
      .select('event.id', 'id')
      .where('event.issueId = :issueId', { issueId })
      .andWhere(`event.seq ${condition} :seq`, { seq })
      .orderBy('event.seq', order)
      .limit(1)
      .getRawOne<{ id: string }>();
    return row?.id;
  };
  const first = await nearest('<', 'ASC');
  const previous = await nearest('<', 'DESC');
  const next = await nearest('>', 'ASC');
  const last = await nearest('>', 'DESC');
  return {
    ...(first === undefined ? {} : { first }),
    ...(previous === undefined ? {} : { previous }),
    ...(next === undefined ? {} : { next }),
    ...(last === undefined ? {} : { last }),
  };
}

/** By the table's name: the class differs between databases. */
function events(manager: EntityManager) {
  return manager.getRepository<EventRow>(EVENT_TABLE).createQueryBuilder('event');
}

function toStoredEvent(row: EventRow): StoredEvent {
  return { issueId: row.issueId, seq: row.seq, weight: row.weight, event: fromPayload(row) };
}
