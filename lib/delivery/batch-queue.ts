import { timeOrderedId } from '../values/time-ordered-id.js';
import type { Batch, IssueDelta } from '../storage/event-store.js';
import { batchesOf, countEvents, withoutRefused } from './batches.js';

/** How often a batch may fail before the batch itself is suspected. */
const MAX_FAILURES = 3;
/**
 * Enough to find out which batch is at fault; the rest waits in the accumulator, which takes less
 * memory.
 */
const MAX_BATCHES = 60;

interface Entry {
  batch: Batch;
  failures: number;
  /** Set for a batch from the journal: removes it there. */
  readonly forget?: () => void;
}

/** What was given up of a batch that the store does not take. */
export interface GivenUp {
  readonly samples: number;
  readonly events: number;
}

/**
 * Batches on their way into the store, in order. A batch that fails is kept as it is and tried
 * again, so that the store recognises it if it was saved after all. If it fails again and again,
 * the others go first. Once one of them is stored, the store is not at fault.
 */
export class BatchQueue {
  private entries: Entry[] = [];
  private instance = timeOrderedId();

  get head(): Batch | undefined {
    return this.entries[0]?.batch;
  }

  get isEmpty(): boolean {
    return this.entries.length === 0;
  }

  /** Whether to take new deltas: the queue is empty, or holds only suspects. */
  get hasRoom(): boolean {
    return this.entries.length < MAX_BATCHES && this.entries.every(isSuspect);
  }

  /** Events in it that this process captured. */
  get events(): number {
    return countEvents(this.entries.filter(({ forget }) => !forget).map(({ batch }) => batch));
  }

  /** New batches go before those that keep failing. */
  add(deltas: readonly IssueDelta[]): void {
    const entries = batchesOf(this.instance, deltas).map((batch) => ({ batch, failures: 0 }));
    const from = this.entries.findIndex(isSuspect);
    this.entries.splice(from < 0 ? this.entries.length : from, 0, ...entries);
  }

  /** @param forget called when the batch is stored, or given up */
  addRestored(batch: Batch, forget: () => void): void {
    this.entries.push({ batch, failures: 0, forget });
  }

  /** Replaces the first batch by a copy with more detail (its source lines). */
  replaceHead(batch: Batch): void {
    if (this.entries[0]) this.entries[0].batch = batch;
  }

  /** The first batch is stored. Returns how many of its events this process captured. */
  stored(): number {
    const entry = this.entries.shift();
    entry?.forget?.();
    return entry && !entry.forget ? countEvents([entry.batch]) : 0;
  }

  /**
   * The first batch failed.
   *
   * @param storeWorks another batch has just been saved
   * @returns what is given up if the batch is to blame; the rest of it is tried on its own
   */
  failed(storeWorks: boolean): GivenUp | undefined {
    const [entry] = this.entries;
    if (!entry) return undefined;
    if (isSuspect(entry) && storeWorks) return this.refused();
    entry.failures += 1;
    if (isSuspect(entry)) this.setAside(entry);
    return undefined;
  }

  /** The store will never accept the first batch as it is. */
  refused(): GivenUp {
    const entry = this.entries.shift();
    if (!entry) return { samples: 0, events: 0 };
    const { batches, droppedSamples, droppedEvents } = withoutRefused(entry.batch);
    this.entries.unshift(...batches.map((batch) => ({ batch, failures: MAX_FAILURES })));
    entry.forget?.();
    return { samples: droppedSamples, events: droppedEvents };
  }

  /**
   * Batches this process captured and did not store. A store remembers the last batch of each
   * instance. A batch whose commit may have succeeded unconfirmed keeps its instance; the others
   * get one each, so any order will do.
   */
  handOver(): readonly Batch[] {
    return this.entries
      .filter(({ forget }) => !forget)
      .map(({ batch, failures }, index) =>
        index === 0 || failures > 0 ? batch : { ...batch, instance: batch.id },
      );
  }

  clear(): void {
    this.entries = [];
  }

  private setAside(entry: Entry): void {
    const others = this.entries.filter((each) => each !== entry);
    // A new instance for the others: otherwise their markers would overwrite this batch's.
    this.instance = timeOrderedId();
    for (const other of others) {
      if (other.failures === 0 && !other.forget) other.batch = { ...other.batch, instance: this.instance };
    }
    this.entries = [...others, entry];
  }
}

function isSuspect({ failures }: Entry): boolean {
  return failures >= MAX_FAILURES;
}
