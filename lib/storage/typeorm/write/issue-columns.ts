import { databaseText } from '../../database-text.js';
import type { IssueDelta } from '../../event-store.js';

/** Widths of the columns, in characters. */
const MAX_TYPE = 190;
const MAX_TITLE = 1000;
const MAX_CULPRIT = 300;
export const MAX_RELEASE = 190;
const MAX_WORD = 20;

/** How an issue's row describes its newest event. */
export interface IssueDescription {
  readonly type: string;
  readonly title: string;
  readonly culprit: string;
  readonly searchText: string;
  readonly level: string;
  readonly handled: 0 | 1;
  readonly source: string;
  readonly release: string | null;
}

export function issueDescription(delta: IssueDelta): IssueDescription {
  const type = databaseText(delta.type, MAX_TYPE);
  const title = databaseText(delta.title, MAX_TITLE);
  const culprit = databaseText(delta.culprit, MAX_CULPRIT);
  return {
    ...{ type, title, culprit },
    searchText: searchable(`${type}\n${title}\n${culprit}`),
    level: databaseText(delta.level, MAX_WORD),
    handled: delta.handled ? 1 : 0,
    source: databaseText(delta.source, MAX_WORD),
    release: delta.release === undefined ? null : databaseText(delta.release, MAX_RELEASE),
  };
}

/** The form in which texts are compared when somebody searches. */
export function searchable(text: string): string {
  return text.toLowerCase();
}
