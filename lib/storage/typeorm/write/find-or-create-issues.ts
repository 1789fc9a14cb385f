import { timeOrderedId } from '../../../values/time-ordered-id.js';
import type { IssueDelta } from '../../batch.js';
import { databaseInteger, databaseText } from '../../database-values.js';
import { issueColumns } from '../../issue-columns.js';
import type { Session } from '../session.js';
import { FOR_UPDATE, sql, table, type SqlValue } from '../statement.js';

const MAX_KEY = 4000;

/**
 * An issue was deleted between looking it up and changing it. The transaction has to begin again.
 */
export class StaleIssueError extends Error {
  override readonly name = 'StaleIssueError';
}

export interface IssueIds {
  /** Issue of every fingerprint. */
  readonly byHash: ReadonlyMap<string, number>;
  /** Issues that this transaction made. */
  readonly created: ReadonlySet<number>;
}

/**
 * Finds the issue of every delta and makes those that are missing. Any number of processes may see
 * a new bug at the same moment. Its creator is the one that finds its own random token in the row
 * afterwards, which works on every database, whatever it says of the rows that an insert affected.
 *
 * @param deltas sorted by hash: two processes insert in the same order and never wait for each
 *   other in a circle
 */
export async function findOrCreateIssues(
  session: Session,
  deltas: readonly IssueDelta[],
  known: (hash: string) => number | undefined,
): Promise<IssueIds> {
  const byHash = new Map<string, number>();
  for (const { fingerprint } of deltas) {
    const id = known(fingerprint.hash);
    if (id !== undefined) byHash.set(fingerprint.hash, id);
  }
  const unknown = deltas.filter(({ fingerprint }) => !byHash.has(fingerprint.hash));
  await lookUp(session, unknown, byHash);
  await adopt(session, unknown, byHash);
  const missing = unknown.filter(({ fingerprint }) => !byHash.has(fingerprint.hash));
  if (missing.length === 0) return { byHash, created: new Set() };

  const created = await createIssues(session, missing);
  // Read again: somebody may have pointed a fingerprint at another issue meanwhile.
  await lookUp(session, missing, byHash);
  if (missing.some(({ fingerprint }) => !byHash.has(fingerprint.hash))) throw new StaleIssueError();
  return { byHash, created };
}

async function lookUp(
  session: Session,
  deltas: readonly IssueDelta[],
  byHash: Map<string, number>,
): Promise<void> {
  if (deltas.length === 0) return;
  const hashes = deltas.map(({ fingerprint }) => fingerprint.hash);
  const rows = await session.rows<{ hash: string; issue_id: number }>(
    sql`SELECT hash, issue_id FROM ${table('fingerprint')} WHERE hash IN (${hashes})`,
  );
  for (const { hash, issue_id } of rows) byHash.set(hash, issue_id);
}

/** Points hashes of a new algorithm at the issues that the former one made. */
async function adopt(
  session: Session,
  deltas: readonly IssueDelta[],
  byHash: Map<string, number>,
): Promise<void> {
  const heirs = deltas.filter(({ fingerprint: { hash, former } }) => former?.length && !byHash.has(hash));
  const formerHashes = new Set(heirs.flatMap(({ fingerprint }) => fingerprint.former ?? []));
  if (formerHashes.size === 0) return;
  const rows = await session.rows<{ hash: string; issue_id: number }>(
    sql`SELECT hash, issue_id FROM ${table('fingerprint')} WHERE hash IN (${[...formerHashes]})`,
  );
  const issueOf = new Map(rows.map(({ hash, issue_id }) => [hash, issue_id]));
  const adopted: IssueDelta[] = [];
  for (const delta of heirs) {
    const { hash, former = [] } = delta.fingerprint;
    const known = former.find((one) => issueOf.has(one));
    if (known === undefined) continue;
    byHash.set(hash, issueOf.get(known) ?? 0);
    adopted.push(delta);
  }
  if (adopted.length === 0) return;
  await insertFingerprints(session, adopted, byHash);
  await lookUp(session, adopted, byHash);
}

async function createIssues(session: Session, deltas: readonly IssueDelta[]): Promise<Set<number>> {
  const tokens = new Map(deltas.map(({ fingerprint }) => [fingerprint.hash, timeOrderedId()]));
  await session.insert(
    'issue',
    ISSUE_COLUMNS,
    deltas.map((delta) => newIssue(delta, tokens)),
    { keys: ['birth_hash'] },
  );
  const rows = await session.rows<{ id: number; birth_hash: string; birth_token: string }>(
    sql`SELECT id, birth_hash, birth_token FROM ${table('issue')} WHERE birth_hash IN (${[...tokens.keys()]}) ORDER BY id ${FOR_UPDATE}`,
  );
  const idOf = new Map(rows.map((row) => [row.birth_hash, row.id]));
  if (idOf.size < tokens.size) throw new StaleIssueError();

  await insertFingerprints(session, deltas, idOf);
  return new Set(rows.filter((row) => tokens.get(row.birth_hash) === row.birth_token).map(({ id }) => id));
}

/** Inserts fingerprints. One that is there stays as it is. */
async function insertFingerprints(
  session: Session,
  deltas: readonly IssueDelta[],
  issueOf: ReadonlyMap<string, number>,
): Promise<void> {
  await session.insert(
    'fingerprint',
    ['hash', 'algorithm', 'issue_id', 'key_text', 'created_at'],
    deltas.map(({ fingerprint, firstSeen }) => [
      fingerprint.hash,
      databaseText(fingerprint.algorithm, 20),
      issueOf.get(fingerprint.hash) ?? 0,
      databaseText(fingerprint.key, MAX_KEY),
      databaseInteger(firstSeen),
    ]),
    { keys: ['hash'] },
  );
}

const ISSUE_COLUMNS = [
  'birth_token',
  'birth_hash',
  'type',
  'title',
  'culprit',
  'search_text',
  'level',
  'handled',
  'source',
  'status',
  'regressions',
  'first_seen',
  'last_seen',
  'event_count',
  'stored_count',
  'user_count',
  'next_seq',
  'first_release',
  'last_release',
];

/** Row of an issue without events: they are counted afterwards, like those of any other issue. */
function newIssue(delta: IssueDelta, tokens: ReadonlyMap<string, string>): SqlValue[] {
  const { hash } = delta.fingerprint;
  const about = issueColumns(delta);
  return [
    tokens.get(hash) ?? '',
    hash,
    about.type,
    about.title,
    about.culprit,
    about.searchText,
    about.level,
    about.handled,
    about.source,
    'open',
    0,
    databaseInteger(delta.firstSeen),
    databaseInteger(delta.lastSeen),
    0,
    0,
    0,
    1,
    about.release,
    about.release,
  ];
}
