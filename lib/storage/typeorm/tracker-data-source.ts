import { DataSource } from 'typeorm';
import { withDeadline } from '../../time/deadline.js';

/**
 * The tracker's own data source, which the tracker closes itself: `TypeOrmModule` would do it while requests still end and
 * events are still on their way, and would wait without limit for a server that does not answer any more.
 */
export class TrackerDataSource extends DataSource {
  private isStarting = false;
  private isClosed = false;

  override async initialize(): Promise<this> {
    this.isStarting = true;
    this.isClosed = false;
    try {
      await super.initialize();
    } finally {
      this.isStarting = false;
    }
    // Connecting cannot be broken off, only undone.
    if (this.isClosed) await this.hangUp();
    return this;
  }

  /** Does nothing, unless it is TypeORM that cleans up after a start that failed: see `close`. */
  override async destroy(): Promise<void> {
    if (this.isStarting) await super.destroy();
  }

  /** A new connection in place of the present one; none once it was closed. */
  async reconnect(): Promise<void> {
    if (this.isClosed) throw new Error("The tracker's database was closed.");
    if (this.isInitialized) await this.hangUp();
    await this.initialize();
  }

  /** Hangs up, or gives that up after `ms`: a connection to a server that is gone ends with the process. Never rejects. */
  async close(ms: number): Promise<void> {
    this.isClosed = true;
    if (this.isInitialized) await withDeadline(ms, () => this.hangUp()).catch(() => undefined);
  }

  private hangUp(): Promise<void> {
    return super.destroy();
  }
}
