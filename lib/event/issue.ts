import type { Severity, Source } from './error-event.js';

export const ISSUE_STATUSES = ['open', 'resolved', 'muted'] as const;

export type IssueStatus = (typeof ISSUE_STATUSES)[number];

/** An issue in somebody's issue tracker. */
export interface TicketRef {
  /** e.g. `SHOP-12` or `#7`. */
  readonly key: string;
  /** http(s) address; absent if the tracker has no pages. */
  readonly url?: string;
}

export type ActivityKind =
  | 'first_seen'
  | 'regressed'
  | 'resolved'
  | 'reopened'
  | 'muted'
  | 'unmuted'
  | 'ticket_created'
  | 'alert_sent'
  | 'alert_failed';

/** One line of an issue's history. */
export interface Activity {
  readonly kind: ActivityKind;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Who did it; absent for the tracker itself. */
  readonly actor?: string;
  /** A short detail, e.g. the ticket's key or the channel's name. */
  readonly detail?: string;
}

/** One bug: the events of all fingerprints that lead to it. */
export interface Issue {
  readonly id: number;
  /** Type of the newest event's outermost exception. */
  readonly type: string;
  /** Message of the newest event's outermost exception. */
  readonly title: string;
  readonly culprit: string;
  readonly status: IssueStatus;
  readonly level: Severity;
  readonly handled: boolean;
  readonly source: Source;
  /** All events that happened, whether or not they are kept as samples. */
  readonly eventCount: number;
  /** Events kept as samples. */
  readonly storedCount: number;
  readonly userCount: number;
  /** Epoch milliseconds. */
  readonly firstSeen: number;
  /** Epoch milliseconds. */
  readonly lastSeen: number;
  /** How often the issue came back after it had been resolved. */
  readonly regressions: number;
  readonly firstRelease?: string;
  readonly lastRelease?: string;
  readonly fingerprint: string;
  /** The readable parts of the fingerprint. */
  readonly groupingKey: string;
  readonly ticket?: TicketRef;
}
