import type { IssueDelta } from './batch.js';
import { databaseText } from './database-values.js';

/** Widths of the columns, in characters. */
const MAX_TYPE = 190;
const MAX_TITLE = 1000;
const MAX_CULPRIT = 300;
export const MAX_RELEASE = 190;
const MAX_WORD = 20;

/** The columns of an issue's row that describe its newest event. */
export interface IssueColumns {
  readonly type: string;
  readonly title: string;
  readonly culprit: string;
  readonly searchText: string;
  readonly level: string;
  readonly handled: 0 | 1;
  readonly source: string;
  readonly release: string | null;
}

export function issueColumns(delta: IssueDelta): IssueColumns {
  const type = databaseText(delta.type, MAX_TYPE);
  const title = databaseText(delta.title, MAX_TITLE);
  const culprit = databaseText(delta.culprit, MAX_CULPRIT);
  return {
    type,
    title,
    culprit,
    searchText: searchable(`${type}\n${title}\n${culprit}`),
    level: databaseText(delta.level, MAX_WORD),
    handled: delta.handled ? 1 : 0,
    source: databaseText(delta.source, MAX_WORD),
    release: delta.release === undefined ? null : databaseText(delta.release, MAX_RELEASE),
  };
}

/** The form in which texts are searched: databases disagree on what upper and lower case are. */
export function searchable(text: string): string {
  return text.toLowerCase();
}
