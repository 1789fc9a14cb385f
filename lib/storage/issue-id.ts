import { MAX_INTEGER } from './database-text.js';

/** Ids come out of addresses; what no row can have is answered without asking a database that would complain. */
export function isIssueId(id: number): boolean {
  return Number.isInteger(id) && id > 0 && id <= MAX_INTEGER;
}
