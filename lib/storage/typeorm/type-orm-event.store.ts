import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { RecordRefusedError } from '../../errors/record-refused.error.js';
import { StorageSchemaError } from '../../errors/storage-schema.error.js';
import type { Activity, Issue, IssueStatus } from '../../event/issue.js';
import { forgetOldMarkers } from './write/batch-marker.js';
import { BatchWriter } from './write/batch-writer.js';
import { DATA_SOURCE_NAME } from './data-source-options.js';
import { errorCode, isRefusal, isSchemaMissing } from './dialect/database-error.js';
import { deleteIssue } from './retention/delete-issues.js';
import { findEvents, getEvent, getNeighbours } from './read/event-reader.js';
import {
  EventStore,
  type Batch,
  type EventNeighbours,
  type IssueQuery,
  type NewOutboxEntry,
  type OutboxEntry,
  type OutboxResult,
  type Page,
  type PruneReport,
  type RetentionRules,
  type SaveOutcome,
  type StatusChange,
  type StoredEvent,
} from '../event-store.js';
import { countIssues, findIssues, getActivity, getHours, getIssue } from './read/issue-reader.js';
import { changeStatus } from './write/issue-triage.js';
import { migrate } from './schema/migrate.js';
import { OutboxTable } from './write/outbox-table.js';
import { databaseDeadline } from './database-deadline.js';
import { Retention } from './retention/retention.js';
import { retryWhileBusy } from './dialect/retry-while-busy.js';
import { ServerTransactions } from './dialect/server-transactions.js';
import { SqliteTransactions } from './dialect/sqlite-transactions.js';
import { TrackerDataSource } from './tracker-data-source.js';
import type { Transactions } from './transactions.js';
import { eraseUser } from './retention/erase-user.js';

const OPEN_DEADLINE_MS = 30_000;
/** How long a question waits for an opening that is under way. */
const READY_DEADLINE_MS = 5000;
const CLOSE_DEADLINE_MS = 500;

/** Keeps everything in SQLite, PostgreSQL, MySQL or MariaDB, through a TypeORM DataSource of its own. */
@Injectable()
export class TypeOrmEventStore extends EventStore {
  private readonly transactions: Transactions;
  private readonly writer: BatchWriter;
  private readonly outbox: OutboxTable;
  private readonly retention: Retention;
  private opening: Promise<void> | undefined;

  constructor(@InjectDataSource(DATA_SOURCE_NAME) private readonly dataSource: TrackerDataSource) {
    super();
    this.transactions =
      dataSource.options.type === 'better-sqlite3'
        ? new SqliteTransactions(dataSource)
        : new ServerTransactions(dataSource);
    this.writer = new BatchWriter(this.transactions);
    this.outbox = new OutboxTable(this.transactions);
    this.retention = new Retention(this.transactions);
  }

  /** @throws StorageSchemaError if the tables are not there and may not be made */
  override async open(): Promise<void> {
    // Connecting cannot be broken off, so an attempt that is still under way is waited for, not repeated.
    const opening = (this.opening ??= this.connect().finally(() => {
      this.opening = undefined;
    }));
    await databaseDeadline(OPEN_DEADLINE_MS, () => opening);
  }

  override close(): Promise<void> {
    return this.dataSource.close(CLOSE_DEADLINE_MS);
  }

  override save(
    batch: Batch,
    alertsFor: (outcome: SaveOutcome) => readonly NewOutboxEntry[],
  ): Promise<readonly SaveOutcome[]> {
    return this.answer(() => this.writer.save(batch, alertsFor));
  }

  override findIssues(query: IssueQuery): Promise<Page<Issue>> {
    return this.answer(() => this.transactions.read((manager) => findIssues(manager, query)));
  }

  override countIssues(search?: string): Promise<Readonly<Record<IssueStatus, number>>> {
    return this.answer(() => this.transactions.read((manager) => countIssues(manager, search)));
  }

  override getIssue(id: number): Promise<Issue | undefined> {
    return this.answer(() => this.transactions.read((manager) => getIssue(manager, id)));
  }

  override getActivity(issueId: number, limit: number): Promise<readonly Activity[]> {
    return this.answer(() => this.transactions.read((manager) => getActivity(manager, issueId, limit)));
  }

  override findEvents(issueId: number, limit: number, cursor?: string): Promise<Page<StoredEvent>> {
    return this.answer(() =>
      this.transactions.read((manager) => findEvents(manager, issueId, limit, cursor)),
    );
  }

  override getEvent(eventId: string): Promise<StoredEvent | undefined> {
    return this.answer(() => this.transactions.read((manager) => getEvent(manager, eventId)));
  }

  override getNeighbours(issueId: number, seq: number): Promise<EventNeighbours> {
    return this.answer(() => this.transactions.read((manager) => getNeighbours(manager, issueId, seq)));
  }

  override getHours(
    issueIds: readonly number[],
    since: number,
  ): Promise<ReadonlyMap<number, ReadonlyMap<number, number>>> {
    return this.answer(() => this.transactions.read((manager) => getHours(manager, issueIds, since)));
  }

  override async changeStatus(issueId: number, change: StatusChange): Promise<Issue | undefined> {
    await this.answer(() => changeStatus(this.transactions, issueId, change));
    return this.getIssue(issueId);
  }

  override async deleteIssue(issueId: number): Promise<boolean> {
    return (await this.answer(() => deleteIssue(this.transactions, issueId))).isGone;
  }

  override prune(rules: RetentionRules, owner: string, now: number): Promise<PruneReport | undefined> {
    return this.answer(() => this.retention.prune(rules, owner, now));
  }

  override eraseUser(userId: string): Promise<number> {
    return this.answer(() => eraseUser(this.transactions, userId));
  }

  override claimOutbox(limit: number, now: number, until: number): Promise<readonly OutboxEntry[]> {
    return this.answer(() => this.outbox.claim(limit, now, until));
  }

  override settleOutbox(entry: OutboxEntry, result: OutboxResult, now: number): Promise<void> {
    return this.answer(() => this.outbox.settle(entry, result, now));
  }

  /** Nobody asks for tables that are being made at this moment. */
  private async answer<T>(work: () => Promise<T>): Promise<T> {
    const opening = this.opening?.catch(() => undefined);
    if (opening) await databaseDeadline(READY_DEADLINE_MS, () => opening);
    return explained(work());
  }

  private async connect(): Promise<void> {
    if (!this.dataSource.isInitialized) await retryWhileBusy(() => this.dataSource.initialize());
    await migrate(this.dataSource, this.transactions);
    // Housekeeping, which must not keep a database from being read that cannot be written.
    await forgetOldMarkers(this.transactions).catch(() => undefined);
  }
}

/** Says in the tracker's words what went wrong where the application can do something about it. */
async function explained<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isSchemaMissing(error)) {
      throw new StorageSchemaError("One of the tracker's tables, or a column of it, is missing.", error);
    }
    if (isRefusal(error)) {
      throw new RecordRefusedError(`The database refuses a record (${errorCode(error)}).`, { cause: error });
    }
    throw error;
  }
}
