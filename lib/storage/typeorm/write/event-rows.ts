import { databaseInteger, databaseText, MAX_INTEGER } from '../../database-text.js';
import { toPayload } from '../../event-payload.js';
import type { IssueChange } from './issue-changes.js';
import { MAX_RELEASE } from './issue-columns.js';
import { namedUser, userOf } from './issue-users.js';
import type { Session } from '../session.js';
import type { SqlValue } from '../statement.js';
import { userHash } from '../../user-key.js';

/** Characters of payload in one statement: servers refuse packets above a limit, at the least 1 MB of bytes. */
const PACKET_LENGTH = 250_000;

const COLUMNS = [
  ...['id', 'issue_id', 'seq', 'hash', 'at', 'weight'],
  ...['user_hash', 'named_user_hash', 'release_name', 'payload'],
];

/** Stores the samples. Their numbers come from the issue's row, which is locked. */
export async function insertEvents(session: Session, changes: readonly IssueChange[]): Promise<void> {
  let rows: SqlValue[][] = [];
  let length = 0;
  for (const { issue, deltas } of changes) {
    let seq = issue.nextSeq;
    for (const { fingerprint, samples } of deltas) {
      for (const sample of samples) {
        const { event, weight } = sample;
        const payload = toPayload(event);
        if (rows.length > 0 && length + payload.length > PACKET_LENGTH) {
          await insert(session, rows);
          rows = [];
          length = 0;
        }
        length += payload.length;
        const at = databaseInteger(event.at);
        const counted = databaseInteger(weight, MAX_INTEGER);
        const hashOf = (user: string | undefined) => user && userHash(issue.id, user);
        const users = [hashOf(userOf(sample)) ?? null, hashOf(namedUser(event)) ?? ''];
        const release = event.release === undefined ? null : databaseText(event.release, MAX_RELEASE);
        rows.push([event.id, issue.id, seq++, fingerprint.hash, at, counted, ...users, release, payload]);
      }
    }
  }
  if (rows.length > 0) await insert(session, rows);
}

function insert(session: Session, rows: readonly SqlValue[][]): Promise<void> {
  return session.insert('event', COLUMNS, rows, { keys: ['id'] });
}
