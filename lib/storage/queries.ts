import type { ErrorEvent } from '../event/error-event.js';
import type { ActivityKind, IssueStatus } from '../event/issue.js';

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
  /** Part of type, title or culprit, in any case. Every character is taken literally. */
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
  /** The status that the caller saw. If the issue has another one by now, nothing is changed. */
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
  /** `false` if more is left than one run should do. */
  readonly finished: boolean;
}
