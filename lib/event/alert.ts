import type { ErrorEvent } from './error-event.js';
import type { Issue } from './issue.js';

/** A fact worth telling. */
export type AlertKind = 'new-issue' | 'regression';

/** What a notifier gets. Everything in it is masked. */
export interface Alert {
  readonly kind: AlertKind;
  /** Names the fact, e.g. `new-issue:42`: the same fact always has the same key, on every instance. */
  readonly dedupeKey: string;
  readonly issue: Issue;
  /** The event that raised the alert; absent if it was deleted meanwhile. */
  readonly event?: ErrorEvent;
  /** Address of the issue's page; absent unless `admin.baseUrl` is set. */
  readonly url?: string;
}
