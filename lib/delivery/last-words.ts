import { reasonOf } from '../errors/reason-of.js';
import { tell } from '../errors/tell.js';
import type { ResolvedOptions } from '../options/resolved-options.js';
import type { Accumulator } from './accumulator.js';
import type { BatchQueue } from './batch-queue.js';
import { countEvents } from './batches.js';
import type { EventCounters } from './event-counters.js';
import { CrashJournal } from './journal.js';

/**
 * What a process that ends leaves to the next start: the events that it could not store any more.
 * Without a journal they are lost, and counted as that.
 */
export class LastWords {
  private readonly journal: CrashJournal;

  constructor(
    private readonly accumulator: Accumulator,
    private readonly queue: BatchQueue,
    private readonly counters: EventCounters,
    options: ResolvedOptions,
  ) {
    this.journal = new CrashJournal(options.delivery.journalFolder, options);
  }

  /** Puts what earlier processes left into the queue. Never throws. */
  restore(): void {
    const left = this.journal.read();
    for (const { batch, forget } of left) this.queue.addRestored(batch, forget);
    const events = countEvents(left.map(({ batch }) => batch));
    if (events > 0) tell('log', `${String(events)} events that an earlier process left are stored now.`);
  }

  /**
   * Writes what waits to the journal. Synchronous, never throws.
   *
   * @param whyLost logged if the events cannot be written
   * @returns whether they are written; if not, they are lost
   */
  leave(whyLost: string): boolean {
    const events = this.accumulator.pendingEvents + this.queue.events;
    if (events === 0) return true;
    this.queue.add(this.accumulator.takePending());
    const batches = this.queue.handOver();
    this.queue.clear();
    let reason = whyLost;
    if (this.journal.folder !== undefined) {
      try {
        this.journal.write(batches);
        return true;
      } catch (error) {
        reason = `${whyLost} ${reasonOf(error)}`;
      }
    }
    this.counters.dropped.add('closed', events, reason);
    return false;
  }
}
