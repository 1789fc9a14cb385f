import type { Activity, Issue } from '../../event/issue.js';
import type { EventNeighbours, StoredEvent } from '../../storage/event-store.js';
import type { ShellContext } from './shell.js';

export interface IssuePageProps {
  readonly shell: ShellContext;
  readonly now: number;
  readonly issue: Issue;
  /** The event shown; `undefined` if none is kept. */
  readonly stored: StoredEvent | undefined;
  readonly neighbours: EventNeighbours;
  readonly activity: readonly Activity[];
  /** Events per hour of the last 30 days; `undefined` where the store could not tell. */
  readonly hours: ReadonlyMap<number, number> | undefined;
  readonly canTriage: boolean;
  readonly canDelete: boolean;
}
