import type { NewOutboxEntry, OutboxEntry, OutboxResult } from '../storage/batch.js';
import { timeOrderedId } from '../values/time-ordered-id.js';

interface Waiting {
  entry: OutboxEntry;
  dueAt: number;
  claimedUntil: number;
  settledAt?: number;
}

/** The outbox of `MemoryEventStore`. */
export class MemoryOutbox {
  private entries: Waiting[] = [];

  add(entries: readonly NewOutboxEntry[]): void {
    for (const entry of entries) {
      if (this.entries.some((known) => known.entry.dedupeKey === entry.dedupeKey)) continue;
      this.entries.push({ entry: { ...entry, id: timeOrderedId(), attempts: 0 }, dueAt: 0, claimedUntil: 0 });
    }
  }

  claim(limit: number, now: number, until: number): readonly OutboxEntry[] {
    return this.entries
      .filter((one) => one.settledAt === undefined && one.dueAt <= now && one.claimedUntil <= now)
      .sort((a, b) => a.dueAt - b.dueAt || (a.entry.id < b.entry.id ? -1 : 1))
      .slice(0, Math.max(1, Math.min(limit, 1000)))
      .map((one) => {
        one.claimedUntil = until;
        one.entry = { ...one.entry, attempts: one.entry.attempts + 1 };
        return one.entry;
      });
  }

  /** Records how an attempt ended. Returns whether that settled the entry. */
  settle({ id, attempts }: OutboxEntry, result: OutboxResult, now: number): boolean {
    const known = this.entries.find(({ entry }) => entry.id === id);
    if (!known || known.settledAt !== undefined) return false;
    if (!result.sent && known.entry.attempts !== attempts) return false;
    if (!result.sent && result.retryAt !== undefined) {
      known.dueAt = result.retryAt;
      known.claimedUntil = 0;
      return false;
    }
    known.settledAt = now;
    return true;
  }

  forget(isOld: (entry: OutboxEntry, settledAt: number | undefined) => boolean): void {
    this.entries = this.entries.filter(({ entry, settledAt }) => !isOld(entry, settledAt));
  }
}
