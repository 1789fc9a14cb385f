import type { AlertKind } from '../event/alert.js';
import type { ErrorEvent, Severity, Source } from '../event/error-event.js';
import type { Fingerprint } from '../event/fingerprint.js';
import type { RetentionRules } from '../options/resolved-options.js';
import type { Activity, ActivityKind, Issue, IssueStatus, TicketRef } from '../event/issue.js';

export type { RetentionRules } from '../options/resolved-options.js';

/** An event that is kept, standing for `weight` events of its issue. */
export interface Sample {
  readonly event: ErrorEvent;
  readonly weight: number;
  /** `userKey()` of the user it happened to; by default of the id in the event. */
  readonly user?: string;
}

/** What happened to one fingerprint since the last flush. */
export interface IssueDelta {
  readonly fingerprint: Fingerprint;
  /** How the newest event describes itself. */
  readonly type: string;
  readonly title: string;
  readonly culprit: string;
  readonly level: Severity;
  readonly handled: boolean;
  readonly source: Source;
  readonly release?: string;
  /** `true` if none of its events is worth an alert. */
  readonly quiet?: boolean;
  /** Events since the last flush, samples included. */
  readonly count: number;
  /** Epoch milliseconds. */
  readonly firstSeen: number;
  /** Epoch milliseconds. */
  readonly lastSeen: number;
  /** Events by the hour they fell in (epoch milliseconds of its start); sums to `count`. */
  readonly hours: ReadonlyMap<number, number>;
  /** Oldest first. */
  readonly samples: readonly Sample[];
  /** Everybody it happened to, those of the samples included, each once and at most 1000; by default those of the samples. */
  readonly users?: readonly string[];
}

/** One flush. Saved as a whole or not at all. */
export interface Batch {
  /** Same id on every attempt: a batch whose commit was not confirmed is never counted twice. */
  readonly id: string;
  /** Names the process that flushes; it flushes one batch at a time. */
  readonly instance: string;
  readonly deltas: readonly IssueDelta[];
}

/** What the store learned while it saved a delta. */
export interface SaveOutcome {
  readonly fingerprint: string;
  readonly issueId: number;
  readonly status: IssueStatus;
  /** This batch made the issue: true in exactly one process. */
  readonly created: boolean;
  /** This batch reopened a resolved issue: true in exactly one process per regression. */
  readonly regressed: boolean;
  readonly regressions: number;
  /** The newest stored sample of the delta, if any. */
  readonly eventId?: string;
}

/** An alert to be put into the outbox, for one channel. */
export interface NewOutboxEntry {
  /** Unique: a second entry with the same key is not made. */
  readonly dedupeKey: string;
  /** `notifier:<name>` or `ticket:<name>`. */
  readonly channel: string;
  readonly kind: AlertKind;
  readonly issueId: number;
  readonly eventId?: string;
}

export interface OutboxEntry extends NewOutboxEntry {
  readonly id: string;
  /** Attempts begun, this one included. */
  readonly attempts: number;
}

/** How an attempt to deliver an outbox entry ended. */
export type OutboxResult =
  | { readonly sent: true; readonly ticket?: TicketRef }
  /** `retryAt` in epoch milliseconds; absent gives the entry up. */
  | { readonly sent: false; readonly error: string; readonly retryAt?: number };

export interface StoredEvent {
  readonly issueId: number;
  /** Number of the event within its issue, from 1, in order of storing. */
  readonly seq: number;
  readonly weight: number;
  readonly event: ErrorEvent;
}

export type IssueSort = 'lastSeen' | 'firstSeen' | 'eventCount';

export interface IssueQuery {
  /** All statuses if absent. */
  readonly status?: IssueStatus;
  /** Substring of type, title or culprit, without regard to case; every character is literal. */
  readonly search?: string;
  /** Always descending. Default `lastSeen`. */
  readonly sort?: IssueSort;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
  /** 1 to 200. */
  readonly limit: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string;
}

/** Ids of the events around one; absent at the ends. */
export interface EventNeighbours {
  readonly first?: string;
  readonly previous?: string;
  readonly next?: string;
  readonly last?: string;
}

export interface StatusChange {
  /** What the issue is believed to be: if it is something else by now, nothing is changed. */
  readonly from: IssueStatus;
  readonly status: IssueStatus;
  readonly kind: ActivityKind;
  readonly actor?: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface PruneReport {
  /** Events that were deleted. */
  readonly events: number;
  /** Issues that were deleted. */
  readonly issues: number;
  /** `false` if there is more to do than one run should. */
  readonly finished: boolean;
}

/**
 * Where issues and events live. The tracker calls it from the background only, and reads from it for the
 * dashboard. Replace it with `forRoot({ store: MyStore })`.
 */
export abstract class EventStore {
  /**
   * Connects and prepares the schema. Rejects while the database is away; the tracker calls again with back-off. What
   * is asked for while it is under way waits for it.
   */
  abstract open(): Promise<void>;

  /** Releases what `open` took. Safe to call twice, or without `open`. */
  abstract close(): Promise<void>;

  /**
   * Saves a batch in one transaction, together with the alerts it gives rise to. A batch that was saved already
   * is recognised by its id and returns an empty list. An issue whose last event is more than a day ahead of the clock
   * takes the next one for its newest.
   *
   * @param alertsFor asked inside the transaction for every delta
   * @throws RecordRefusedError if the database answered that it will never take these records (too long, invalid);
   *   nothing of the batch was saved then. Any other rejection means: try again later.
   */
  abstract save(
    batch: Batch,
    alertsFor: (outcome: SaveOutcome) => readonly NewOutboxEntry[],
  ): Promise<readonly SaveOutcome[]>;

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

  /** Events per hour since `since` (epoch milliseconds) of each of the issues; hours and issues without any left out. */
  abstract getHours(
    issueIds: readonly number[],
    since: number,
  ): Promise<ReadonlyMap<number, ReadonlyMap<number, number>>>;

  /** Changes an issue's status and writes the activity; returns the issue, or `undefined` if there is none. */
  abstract changeStatus(issueId: number, change: StatusChange): Promise<Issue | undefined>;

  /** Deletes an issue with everything that hangs on it. Returns whether there was one. */
  abstract deleteIssue(issueId: number): Promise<boolean>;

  /**
   * Removes what is too old or too much, in pieces that hold up nobody, and each of which leaves everything in order.
   * An issue with too many events keeps the newest, the first, and the first of each comeback and of each release.
   *
   * @param owner names the process
   * @param now epoch milliseconds by the process's clock, which may be wrong
   * @returns `undefined` if another process is at it
   */
  abstract prune(rules: RetentionRules, owner: string, now: number): Promise<PruneReport | undefined>;

  /**
   * Deletes all events of a user, by the id they have in the application or the one that stands in the event, and what
   * could tell which issues they met; returns how many events there were.
   */
  abstract eraseUser(userId: string): Promise<number>;

  /**
   * Takes due outbox entries so that no other process has them until `until` (epoch milliseconds).
   * Each entry is handed to exactly one claimer, those first that are due the longest.
   */
  abstract claimOutbox(limit: number, now: number, until: number): Promise<readonly OutboxEntry[]>;

  /** Writes down how a claimed entry ended, with the activity and, for a ticket, its reference on the issue. */
  abstract settleOutbox(entry: OutboxEntry, result: OutboxResult, now: number): Promise<void>;
}
