import type { ErrorEvent } from './error-event.js';
import type { Issue } from './issue.js';

/** Why an alert is sent. */
export type AlertKind = 'new-issue' | 'regression';

/** What a notifier gets. Everything in it is masked. */
export interface Alert {
  readonly kind: AlertKind;
  /** Names the fact, e.g. `new-issue:42`. The same fact has the same key on every instance. */
  readonly dedupeKey: string;
  readonly issue: Issue;
  /** The event that raised the alert; absent if it has been deleted since. */
  readonly event?: ErrorEvent;
  /** Address of the issue's page; absent unless `admin.baseUrl` is set. */
  readonly url?: string;
}
