import { timeOrderedId } from '../values/time-ordered-id.js';
import type { Batch, IssueDelta } from '../storage/event-store.js';
import { batchesOf, countEvents, withoutRefused } from './batches.js';

/** So often a batch fails before it is suspected that this is its own fault. */
const PATIENCE = 3;
/** Enough to find out whose fault it is; the rest waits where it is counted in less space. */
const MAX_BATCHES = 60;

interface Entry {
  batch: Batch;
  failures: number;
  /** Where it comes from an earlier process: forgets it there. */
  readonly forget?: () => void;
}

/** What was given up of a batch that the store does not take. */
export interface GivenUp {
  readonly samples: number;
  readonly events: number;
}

/**
 * Batches on their way into the store, in order. One that fails is kept as it is and tried again, so that the store
 * recognises it if it was saved after all. If it fails again and again, the others go first: once one of them is stored,
 * the fault is not the store's.
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

  /** Whether what is new should come in: there is nothing else, or only what failed again and again. */
  get hasRoom(): boolean {
    return this.entries.length < MAX_BATCHES && this.entries.every(isSuspect);
  }

  /** Events in it that this process captured. */
  get events(): number {
    return countEvents(this.entries.filter(({ forget }) => !forget).map(({ batch }) => batch));
  }

  /** What is new goes before what keeps failing. */
  add(deltas: readonly IssueDelta[]): void {
    const entries = batchesOf(this.instance, deltas).map((batch) => ({ batch, failures: 0 }));
    const from = this.entries.findIndex(isSuspect);
    this.entries.splice(from < 0 ? this.entries.length : from, 0, ...entries);
  }

  /** @param forget called when the batch is settled */
  addRestored(batch: Batch, forget: () => void): void {
    this.entries.push({ batch, failures: 0, forget });
  }

  /** The same batch with more known of it. */
  replaceHead(batch: Batch): void {
    if (this.entries[0]) this.entries[0].batch = batch;
  }

  /** The first one is stored. Returns how many events this process captured of it. */
  stored(): number {
    const entry = this.entries.shift();
    entry?.forget?.();
    return entry && !entry.forget ? countEvents([entry.batch]) : 0;
  }

  /**
   * The first one failed.
   *
   * @param storeWorks another one has just been saved
   * @returns what is given up, if the batch was to blame: the rest of it is tried on its own
   */
  failed(storeWorks: boolean): GivenUp | undefined {
    const [entry] = this.entries;
    if (!entry) return undefined;
    if (isSuspect(entry) && storeWorks) return this.refused();
    entry.failures += 1;
    if (isSuspect(entry)) this.setAside(entry);
    return undefined;
  }

  /** The first one will never be taken as it is. */
  refused(): GivenUp {
    const entry = this.entries.shift();
    if (!entry) return { samples: 0, events: 0 };
    const { batches, droppedSamples, droppedEvents } = withoutRefused(entry.batch);
    this.entries.unshift(...batches.map((batch) => ({ batch, failures: PATIENCE })));
    entry.forget?.();
    return { samples: droppedSamples, events: droppedEvents };
  }

  /**
   * What this process captured and did not store, for another one to do it. A store remembers the last batch of each
   * instance: those that it may have without having said so keep theirs, the others may be stored in any order.
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
    // The store must not forget that it has this one, if it does, while the others pass.
    this.instance = timeOrderedId();
    for (const other of others) {
      if (other.failures === 0 && !other.forget) other.batch = { ...other.batch, instance: this.instance };
    }
    this.entries = [...others, entry];
  }
}

function isSuspect({ failures }: Entry): boolean {
  return failures >= PATIENCE;
}
