import type { Activity } from '../../../event/issue.js';
import { timeOrderedId } from '../../../values/time-ordered-id.js';
import { databaseInteger, databaseText } from '../../database-values.js';
import type { SqlValue } from '../statement.js';

export interface NewActivity extends Activity {
  readonly issueId: number;
}

export const ACTIVITY_COLUMNS = ['id', 'issue_id', 'kind', 'at', 'actor', 'detail'];

export function activityRow({ issueId, kind, at, actor, detail }: NewActivity): SqlValue[] {
  return [
    timeOrderedId(),
    issueId,
    databaseText(kind, 20),
    databaseInteger(at),
    actor === undefined ? null : databaseText(actor, 190),
    detail === undefined ? null : databaseText(detail, 500),
  ];
}
