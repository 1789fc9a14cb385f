import type { Activity, Issue, IssueStatus } from '../event/issue.js';
import type { RetentionRules } from '../options/resolved-options.js';
import type { Batch, NewOutboxEntry, OutboxEntry, OutboxResult, SaveOutcome } from './batch.js';
import type { EventNeighbours, IssueQuery, Page, PruneReport, StatusChange, StoredEvent } from './queries.js';

export type { RetentionRules } from '../options/resolved-options.js';
export type {
  Batch,
  IssueDelta,
  NewOutboxEntry,
  OutboxEntry,
  OutboxResult,
  Sample,
  SaveOutcome,
} from './batch.js';
export type {
  EventNeighbours,
  IssueQuery,
  IssueSort,
  Page,
  PruneReport,
  StatusChange,
  StoredEvent,
} from './queries.js';

/**
 * The alerts that the outcome of a delta gives rise to. Asked for every delta of a batch inside its
 * transaction, and again if the transaction is repeated: it must not have effects of its own.
 */
export type AlertsFor = (outcome: SaveOutcome) => readonly NewOutboxEntry[];

/** Where batches go. Delivery needs no more of a store than this. */
export abstract class EventSink {
  /**
   * Connects and prepares the schema. Rejects while the database is away; the tracker then calls
   * again, with growing pauses. Calls of other methods meanwhile wait for its end.
   */
  abstract open(): Promise<void>;

  /** Releases what `open` took. Safe to call twice, or without `open`. */
  abstract close(): Promise<void>;

  /**
   * Saves a batch in one transaction, together with the alerts it gives rise to. A batch that was
   * saved before is recognised by its id, and the result is empty. If an issue's `lastSeen` is more
   * than a day in the future, the next event becomes its newest.
   *
   * @param alertsFor see `AlertsFor`
   * @throws RecordRefusedError if the database answered that it will never take these records (too
   *   long, invalid); nothing of the batch was saved then. Any other rejection means: try again
   *   later.
   */
  abstract save(batch: Batch, alertsFor: AlertsFor): Promise<readonly SaveOutcome[]>;
}

/**
 * Where issues and events live. The tracker calls it only in the background; the dashboard reads
 * from it, changes statuses and deletes issues. Replace it with `forRoot({ store: MyStore })`.
 */
export abstract class EventStore extends EventSink {
  abstract findIssues(query: IssueQuery): Promise<Page<Issue>>;

  /** Number of issues in each status, for the same search. */
  abstract countIssues(search?: string): Promise<Readonly<Record<IssueStatus, number>>>;

  abstract getIssue(id: number): Promise<Issue | undefined>;

  /** Newest first, at most `limit`. */
  abstract getActivity(issueId: number, limit: number): Promise<readonly Activity[]>;

  /** Events of an issue, newest first. */
  abstract findEvents(issueId: number, limit: number, cursor?: string): Promise<Page<StoredEvent>>;

  abstract getEvent(eventId: string): Promise<StoredEvent | undefined>;

  abstract getNeighbours(issueId: number, seq: number): Promise<EventNeighbours>;

  /**
   * Events per hour of each issue since `since` (epoch milliseconds). Hours and issues without any
   * are left out.
   */
  abstract getHours(
    issueIds: readonly number[],
    since: number,
  ): Promise<ReadonlyMap<number, ReadonlyMap<number, number>>>;

  /**
   * Changes an issue's status and writes the activity; returns the issue, or `undefined` if there
   * is none.
   */
  abstract changeStatus(issueId: number, change: StatusChange): Promise<Issue | undefined>;

  /** Deletes an issue with everything that belongs to it. Returns whether there was one. */
  abstract deleteIssue(issueId: number): Promise<boolean>;

  /**
   * Removes what is too old or too much, in small steps that make no writer wait for long and leave
   * the data consistent. An issue with too many events keeps the newest, the first, and the first
   * of each comeback and of each release.
   *
   * @param owner names the process
   * @param now epoch milliseconds by the process's clock, which may be wrong
   * @returns `undefined` if another process is pruning
   */
  abstract prune(rules: RetentionRules, owner: string, now: number): Promise<PruneReport | undefined>;

  /**
   * Deletes all events of a user, and everything that shows which issues affected the user. Returns
   * the number of events.
   *
   * @param userId the id that the user has in the application, or the one that stands in the events
   */
  abstract eraseUser(userId: string): Promise<number>;

  /**
   * Takes due outbox entries so that no other process has them until `until` (epoch milliseconds).
   * Each entry goes to exactly one claimer. Entries that have been due the longest come first.
   */
  abstract claimOutbox(limit: number, now: number, until: number): Promise<readonly OutboxEntry[]>;

  /**
   * Records how a claimed entry ended, with the activity and, for a ticket, its reference on the
   * issue.
   */
  abstract settleOutbox(entry: OutboxEntry, result: OutboxResult, now: number): Promise<void>;
}
