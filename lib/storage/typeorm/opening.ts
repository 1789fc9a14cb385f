import { databaseDeadline } from './transactions.js';

const OPEN_DEADLINE_MS = 30_000;
/** How long a question waits for the tables. */
const READY_DEADLINE_MS = 5000;

/** The opening of a store, which happens in the background while questions come in already. */
export class Opening {
  private attempt: Promise<void> | undefined;

  constructor(private readonly prepare: () => Promise<void>) {}

  /** Opens the store. Rejects if that fails; it may be called again then. */
  async begin(): Promise<void> {
    // Connecting cannot be interrupted, so an attempt that is under way is waited for, not repeated.
    const attempt = (this.attempt ??= this.prepare().finally(() => {
      this.attempt = undefined;
    }));
    await databaseDeadline(OPEN_DEADLINE_MS, () => attempt);
  }

  giveUp(): void {}

  /** Waits for an attempt that is under way, whatever becomes of it. */
  async wait(): Promise<void> {
    const attempt = this.attempt?.catch(() => undefined);
    if (attempt) await databaseDeadline(READY_DEADLINE_MS, () => attempt);
  }
}
