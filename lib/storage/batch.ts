import type { AlertKind } from '../event/alert.js';
import type { ErrorEvent, Severity, Source } from '../event/error-event.js';
import type { Fingerprint } from '../event/fingerprint.js';
import type { IssueStatus, TicketRef } from '../event/issue.js';

/** An event that is kept. It stands for `weight` events of its issue. */
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
  /**
   * Keys of the users it happened to, each once, at most 1000, those of the samples included. By
   * default those of the samples alone.
   */
  readonly users?: readonly string[];
}

/** One flush. Saved as a whole or not at all. */
export interface Batch {
  /** The same on every attempt, so that a batch whose commit was not confirmed is counted once. */
  readonly id: string;
  /**
   * Sequence the batch belongs to, usually one per process. Within it, batches are saved one at a
   * time.
   */
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
  /** This batch reopened a resolved issue: true in exactly one process for each regression. */
  readonly regressed: boolean;
  readonly regressions: number;
  /** The newest stored sample of the delta, if any. */
  readonly eventId?: string;
}

/** An alert for one channel, to be put into the outbox. */
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
  /** Attempts so far, the present one included. */
  readonly attempts: number;
}

/** How an attempt to deliver an outbox entry ended. */
export type OutboxResult =
  | { readonly sent: true; readonly ticket?: TicketRef }
  /** `retryAt` in epoch milliseconds; if absent, the entry is given up. */
  | { readonly sent: false; readonly error: string; readonly retryAt?: number };
