import { DataSource } from 'typeorm';
import { withDeadline } from '../../time/deadline.js';

/**
 * The tracker's own data source, which only the tracker closes. `TypeOrmModule` would close it
 * while requests still end and events are still on their way, and would wait without limit for a
 * server that no longer answers.
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
    // Connecting cannot be interrupted, only undone.
    if (this.isClosed) await this.hangUp();
    return this;
  }

  /**
   * Does nothing, unless TypeORM cleans up after a start that failed. To close the data source,
   * call `close`.
   */
  override async destroy(): Promise<void> {
    if (this.isStarting) await super.destroy();
  }

  /** Replaces the connection by a new one, unless the data source was closed. */
  async reconnect(): Promise<void> {
    if (this.isClosed) throw new Error("The tracker's database was closed.");
    if (this.isInitialized) await this.hangUp();
    await this.initialize();
  }

  /**
   * Hangs up, for at most `ms`: a connection to a server that is gone ends with the process. Never
   * rejects.
   */
  async close(ms: number): Promise<void> {
    this.isClosed = true;
    if (this.isInitialized) await withDeadline(ms, () => this.hangUp()).catch(() => undefined);
  }

  private hangUp(): Promise<void> {
    return super.destroy();
  }
}
