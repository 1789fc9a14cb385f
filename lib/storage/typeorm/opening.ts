import { withDeadline } from '../../time/deadline.js';
import { SECOND_MS } from '../../time/durations.js';
import { databaseDeadline } from './transactions.js';

const OPEN_LIMIT_MS = 30 * SECOND_MS;
/** How long a question waits for the tables. */
const READY_LIMIT_MS = 5 * SECOND_MS;

/**
 * The opening of a store. The tracker begins it in the background while the application starts, so
 * questions may come before it: they wait for the first attempt, and for any later one that is
 * under way.
 */
export class Opening {
  private attempt: Promise<void> | undefined;
  /** Whether a first attempt is still to come, as far as anybody knows. */
  private isExpected = true;
  private endFirst: () => void = () => undefined;
  private readonly first = new Promise<void>((resolve) => {
    this.endFirst = resolve;
  });

  constructor(private readonly prepare: () => Promise<void>) {}

  /** Opens the store. Rejects if that fails; it may be called again then. */
  async begin(): Promise<void> {
    // Connecting cannot be interrupted, so an attempt that is under way is waited for, not
    // repeated.
    const attempt = (this.attempt ??= this.prepare().finally(() => {
      this.attempt = undefined;
      this.expectNoMore();
    }));
    await databaseDeadline(OPEN_LIMIT_MS, () => attempt);
  }

  /** Lets no question wait for a first attempt any longer. */
  expectNoMore(): void {
    this.isExpected = false;
    this.endFirst();
  }

  /** Returns once the store can be asked, or will refuse to answer. */
  async wait(): Promise<void> {
    const attempt = this.attempt?.catch(() => undefined);
    if (attempt) await databaseDeadline(READY_LIMIT_MS, () => attempt);
    else if (this.isExpected) await this.waitForFirst();
  }

  private async waitForFirst(): Promise<void> {
    try {
      // Keeps the process alive: a script may have no other pending work, and the opening itself
      // does not hold it.
      await withDeadline(READY_LIMIT_MS, () => this.first, { holdsProcess: true });
    } catch (error) {
      if (this.attempt) throw error;
      // A tracker that is switched off opens nothing: the next question need not wait.
      this.isExpected = false;
    }
  }
}
