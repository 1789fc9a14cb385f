import type { Sample } from '../../batch.js';
import { databaseInteger, databaseText, MAX_INTEGER } from '../../database-values.js';
import { MAX_RELEASE } from '../../issue-columns.js';
import { namedUser, userOf } from '../../user-key.js';
import { toPayload } from '../event-payload.js';
import type { Session } from '../session.js';
import type { SqlValue } from '../statement.js';
import type { IssueChange } from './issue-changes.js';
import { userHash } from './issue-users.js';

/**
 * Characters of payload in one statement: servers refuse packets above a limit, which is 1 MB or
 * more.
 */
const MAX_PACKET_LENGTH = 250_000;

const COLUMNS = [
  'id',
  'issue_id',
  'seq',
  'hash',
  'at',
  'weight',
  'user_hash',
  'named_user_hash',
  'release_name',
  'payload',
];

/** Stores the samples. Their numbers come from the issue's row, which is locked. */
export async function insertEvents(session: Session, changes: readonly IssueChange[]): Promise<void> {
  let rows: SqlValue[][] = [];
  let length = 0;
  for (const { issue, deltas } of changes) {
    let seq = issue.nextSeq;
    for (const { fingerprint, samples } of deltas) {
      for (const sample of samples) {
        const payload = toPayload(sample.event);
        if (rows.length > 0 && length + payload.length > MAX_PACKET_LENGTH) {
          await insert(session, rows);
          rows = [];
          length = 0;
        }
        length += payload.length;
        rows.push(rowOf(sample, issue.id, seq++, fingerprint.hash, payload));
      }
    }
  }
  if (rows.length > 0) await insert(session, rows);
}

function rowOf(sample: Sample, issueId: number, seq: number, hash: string, payload: string): SqlValue[] {
  const { event, weight } = sample;
  const user = userOf(sample);
  const named = namedUser(event);
  return [
    event.id,
    issueId,
    seq,
    hash,
    databaseInteger(event.at),
    databaseInteger(weight, MAX_INTEGER),
    user ? userHash(issueId, user) : null,
    named ? userHash(issueId, named) : '',
    event.release === undefined ? null : databaseText(event.release, MAX_RELEASE),
    payload,
  ];
}

function insert(session: Session, rows: readonly SqlValue[][]): Promise<void> {
  return session.insert('event', COLUMNS, rows, { keys: ['id'] });
}
