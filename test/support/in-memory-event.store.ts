import type { ErrorEvent } from '../../lib/event/error-event.js';
import type { TicketRef } from '../../lib/event/issue.js';
import type { IssueDelta, SaveOutcome } from '../../lib/storage/event-store.js';
import { MemoryEventStore } from '../../lib/testing/memory-event.store.js';

/**
 * The store for tests, with a few words of our own. With `down` set, every call rejects like a lost
 * database.
 */
export class InMemoryEventStore extends MemoryEventStore {
  down = false;
  private batches = 0;

  constructor() {
    super();
    return new Proxy(this, {
      get: (target, name, receiver) => {
        const value: unknown = Reflect.get(target, name, receiver);
        if (typeof value !== 'function' || !target.down || name === 'constructor') return value;
        return () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.5:5432 password=hunter2'));
      },
    });
  }

  /** Puts a single event in, as a batch of one. */
  async add(event: ErrorEvent, count = 1): Promise<SaveOutcome> {
    const [outer] = event.exceptions;
    const delta: IssueDelta = {
      fingerprint: event.fingerprint,
      type: outer?.type ?? 'Message',
      title: outer?.value ?? event.message ?? '',
      culprit: event.culprit,
      level: event.severity,
      handled: event.handled,
      source: event.source,
      release: event.release,
      count,
      firstSeen: event.at,
      lastSeen: event.at,
      hours: new Map([[Math.floor(event.at / 3_600_000) * 3_600_000, count]]),
      samples: [{ event, weight: count }],
    };
    const id = `batch-${String(this.batches++)}`;
    const [outcome] = await this.save({ id, instance: 'test', deltas: [delta] }, () => []);
    if (!outcome) throw new Error('The batch was known already.');
    return outcome;
  }

  /** Puts a ticket on an issue, as a ticket tracker would through the outbox. */
  setTicket(issueId: number, ticket: TicketRef): void {
    const record = this.data.records.get(issueId);
    if (record) record.issue.ticket = ticket;
  }
}
