import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { RecordRefusedError } from '../../errors/record-refused.error.js';
import { StorageSchemaError } from '../../errors/storage-schema.error.js';
import type { Activity, Issue, IssueStatus } from '../../event/issue.js';
import type { RetentionRules } from '../../options/resolved-options.js';
import type { Batch, OutboxEntry, OutboxResult, SaveOutcome } from '../batch.js';
import { EventStore, type AlertsFor } from '../event-store.js';
import type {
  EventNeighbours,
  IssueQuery,
  Page,
  PruneReport,
  StatusChange,
  StoredEvent,
} from '../queries.js';
import { DATA_SOURCE_NAME } from './data-source-options.js';
import type { Dialect } from './dialect/dialect.js';
import { dialectOf } from './dialect/dialect-of.js';
import { errorCode } from './dialect/driver-error.js';
import { Opening } from './opening.js';
import { findEvents, getEvent, getNeighbours } from './read/event-reader.js';
import { countIssues, findIssues, getActivity, getHours, getIssue } from './read/issue-reader.js';
import { deleteIssue } from './retention/delete-issues.js';
import { eraseUser } from './retention/erase-user.js';
import { prune } from './retention/prune.js';
import { migrate } from './schema/migrate.js';
import type { Session } from './session.js';
import { TrackerDataSource } from './tracker-data-source.js';
import type { Transactions } from './transactions.js';
import { forgetOldMarkers } from './write/batch-marker.js';
import { BatchWriter } from './write/batch-writer.js';
import { changeStatus } from './write/change-status.js';
import { claimOutbox, settleOutbox } from './write/outbox.js';

const CLOSE_LIMIT_MS = 500;

/**
 * Keeps everything in SQLite, PostgreSQL, MySQL or MariaDB, through a TypeORM DataSource of its
 * own.
 */
@Injectable()
export class TypeOrmEventStore extends EventStore {
  private readonly dialect: Dialect;
  private readonly transactions: Transactions;
  private readonly writer: BatchWriter;
  private readonly opening = new Opening(() => this.prepare());

  constructor(@InjectDataSource(DATA_SOURCE_NAME) private readonly dataSource: TrackerDataSource) {
    super();
    this.dialect = dialectOf(dataSource.options.type);
    this.transactions = this.dialect.transactions(dataSource);
    this.writer = new BatchWriter(this.transactions);
  }

  /** @throws StorageSchemaError if the tables are not there and may not be made */
  override open(): Promise<void> {
    return this.opening.begin();
  }

  override close(): Promise<void> {
    this.opening.expectNoMore();
    return this.dataSource.close(CLOSE_LIMIT_MS);
  }

  override save(batch: Batch, alertsFor: AlertsFor): Promise<readonly SaveOutcome[]> {
    return this.answer(() => this.writer.save(batch, alertsFor));
  }

  override findIssues(query: IssueQuery): Promise<Page<Issue>> {
    return this.read((session) => findIssues(session, query));
  }

  override countIssues(search?: string): Promise<Readonly<Record<IssueStatus, number>>> {
    return this.read((session) => countIssues(session, search));
  }

  override getIssue(id: number): Promise<Issue | undefined> {
    return this.read((session) => getIssue(session, id));
  }

  override getActivity(issueId: number, limit: number): Promise<readonly Activity[]> {
    return this.read((session) => getActivity(session, issueId, limit));
  }

  override findEvents(issueId: number, limit: number, cursor?: string): Promise<Page<StoredEvent>> {
    return this.read((session) => findEvents(session, issueId, limit, cursor));
  }

  override getEvent(eventId: string): Promise<StoredEvent | undefined> {
    return this.read((session) => getEvent(session, eventId));
  }

  override getNeighbours(issueId: number, seq: number): Promise<EventNeighbours> {
    return this.read((session) => getNeighbours(session, issueId, seq));
  }

  override getHours(
    issueIds: readonly number[],
    since: number,
  ): Promise<ReadonlyMap<number, ReadonlyMap<number, number>>> {
    return this.read((session) => getHours(session, issueIds, since));
  }

  override async changeStatus(issueId: number, change: StatusChange): Promise<Issue | undefined> {
    await this.answer(() => changeStatus(this.transactions, issueId, change));
    return this.getIssue(issueId);
  }

  override async deleteIssue(issueId: number): Promise<boolean> {
    return (await this.answer(() => deleteIssue(this.transactions, issueId))).isGone;
  }

  override prune(rules: RetentionRules, owner: string, now: number): Promise<PruneReport | undefined> {
    return this.answer(() => prune(this.transactions, rules, owner, now));
  }

  override eraseUser(userId: string): Promise<number> {
    return this.answer(() => eraseUser(this.transactions, userId));
  }

  override claimOutbox(limit: number, now: number, until: number): Promise<readonly OutboxEntry[]> {
    return this.answer(() => claimOutbox(this.transactions, limit, now, until));
  }

  override settleOutbox(entry: OutboxEntry, result: OutboxResult, now: number): Promise<void> {
    return this.answer(() => settleOutbox(this.transactions, entry, result, now));
  }

  private read<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.answer(() => this.transactions.read(work));
  }

  /**
   * Answers once the tables are there. Turns errors the application can fix into the tracker's own.
   */
  private async answer<T>(work: () => Promise<T>): Promise<T> {
    await this.opening.wait();
    try {
      return await work();
    } catch (error) {
      if (this.dialect.isSchemaMissing(error)) {
        throw new StorageSchemaError("One of the tracker's tables, or a column of it, is missing.", error);
      }
      if (this.dialect.isRefusal(error)) {
        throw new RecordRefusedError(`The database refuses a record (${errorCode(error)}).`, {
          cause: error,
        });
      }
      throw error;
    }
  }

  private async prepare(): Promise<void> {
    if (!this.dataSource.isInitialized) await this.transactions.connect();
    await migrate(this.dataSource, this.dialect, this.transactions);
    // Failure is ignored: a read-only database must still be readable.
    await forgetOldMarkers(this.transactions).catch(() => undefined);
  }
}
