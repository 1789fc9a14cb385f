import { Injectable } from '@nestjs/common';
import { AlertDispatcher } from '../alerting/alert-dispatcher.js';
import { AlertRules } from '../alerting/alert-rules.js';
import { EventStore, type Batch, type NewOutboxEntry, type SaveOutcome } from '../storage/event-store.js';
import { Accumulator } from './accumulator.js';
import { SourceLines } from './source-lines.js';

/** Saves one batch with the alerts it gives rise to, and passes on what the store says of it. */
@Injectable()
export class BatchSaver {
  constructor(
    private readonly store: EventStore,
    private readonly sources: SourceLines,
    private readonly accumulator: Accumulator,
    private readonly rules: AlertRules,
    private readonly dispatcher: AlertDispatcher,
  ) {}

  /** The same batch with the source lines of its events. */
  withSourceLines(batch: Batch): Batch {
    return this.sources.addTo(batch);
  }

  /**
   * Rejects if the store fails or refuses the batch. What the store says inside its transaction may
   * be rolled back and said anew: only what it returns is learned.
   */
  async save(batch: Batch): Promise<void> {
    const outcomes = await this.store.save(batch, (outcome) => this.alertsFor(batch, outcome));
    for (const outcome of outcomes) this.accumulator.learn(outcome);
    if (outcomes.some((outcome) => this.alertsFor(batch, outcome).length > 0)) this.dispatcher.wake();
  }

  private alertsFor(batch: Batch, outcome: SaveOutcome): readonly NewOutboxEntry[] {
    const isQuiet = batch.deltas.some(
      (delta) => delta.quiet && delta.fingerprint.hash === outcome.fingerprint,
    );
    return this.rules.alertsFor(outcome, isQuiet);
  }
}
