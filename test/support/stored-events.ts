import type { ErrorEvent, EventDraft } from '../../lib/event/error-event.js';
import { draftOf } from './events.js';
import type { InMemoryEventStore } from './in-memory-event.store.js';

/** An event of an issue of its own, told apart by `bug`. */
export function eventOf(bug: string, changes: Partial<EventDraft> = {}): ErrorEvent {
  return draftOf({
    fingerprint: {
      hash: Buffer.from(bug).toString('hex').padEnd(64, '0'),
      algorithm: 'v1',
      key: `type ${bug}`,
    },
    exceptions: [{ type: bug, value: `${bug} happened`, facts: {}, frames: [] }],
    ...changes,
  });
}

/** Stores one event and returns its issue's and its own id. */
export async function stored(
  store: InMemoryEventStore,
  bug: string,
  changes: Partial<EventDraft> = {},
): Promise<{ issueId: number; eventId: string }> {
  const event = eventOf(bug, changes);
  const { issueId } = await store.add(event);
  return { issueId, eventId: event.id };
}
