// A process of the version before `user_hash`, in the middle of a rolling deployment: its
// statements as they were recorded, with its own transactions and repetitions. It writes two events
// and one sample a round to the issue with the given title.
import { createHash, randomUUID } from 'node:crypto';
import libsql from 'libsql';
import mysql from 'mysql2/promise';
import pg from 'pg';

const { type, database, host, port, username, password } = JSON.parse(process.env.DATABASE);
const [title, rounds] = process.argv.slice(2);
const INSTANCE = 'flush:former-version';

const isMysql = type === 'mariadb';
const isSqlite = type === 'better-sqlite3';
const FOR_UPDATE = isSqlite ? '' : ' FOR UPDATE';
const target = isMysql ? '' : ' AS present';
const present = (column) => (isMysql ? column : `present.${column}`);
const incoming = (column) => (isMysql ? `VALUES(${column})` : `excluded.${column}`);
const onConflict = (key, sets) =>
  isMysql ? ` ON DUPLICATE KEY UPDATE ${sets}` : ` ON CONFLICT (${key}) DO UPDATE SET ${sets}`;
const nothing = isMysql ? ' ON DUPLICATE KEY UPDATE id = id' : ' ON CONFLICT (id) DO NOTHING';

const COUNTERS = ['event_count', 'stored_count', 'user_count', 'next_seq'];
const FACTS = ['type', 'title', 'culprit', 'search_text', 'level', 'handled', 'source', 'last_release'];
const ISSUE = [
  ...['id', 'birth_token', 'birth_hash', 'status', 'regressions', 'first_seen', 'last_seen'],
  ...COUNTERS,
  ...FACTS,
];
const EVENT = ['id', 'issue_id', 'seq', 'hash', 'at', 'weight', 'payload'];
const isNewest = `${incoming('last_seen')} >= ${present('last_seen')}`;
const ISSUE_SETS = [
  ...COUNTERS.map((column) => `${column} = ${present(column)} + ${incoming(column)}`),
  ...FACTS.map(
    (column) => `${column} = CASE WHEN ${isNewest} THEN ${incoming(column)} ELSE ${present(column)} END`,
  ),
  `first_seen = CASE WHEN ${incoming('first_seen')} < ${present('first_seen')} THEN ${incoming('first_seen')} ELSE ${present('first_seen')} END`,
  `last_seen = CASE WHEN ${isNewest} THEN ${incoming('last_seen')} ELSE ${present('last_seen')} END`,
];
const questions = (columns) => columns.map(() => '?').join(', ');
const INSERT_ISSUE =
  `INSERT INTO error_tracker_issue${target} (${ISSUE.join(', ')}) VALUES (${questions(ISSUE)})` +
  onConflict('id', ISSUE_SETS.join(', '));
const INSERT_EVENT = `INSERT INTO error_tracker_event${target} (${EVENT.join(', ')}) VALUES (${questions(EVENT)})${nothing}`;
const INSERT_HOUR =
  `INSERT INTO error_tracker_issue_hour${target} (issue_id, hour, n) VALUES (?, ?, ?)` +
  onConflict('issue_id, hour', `n = ${present('n')} + ${incoming('n')}`);

const connection = await connect();
const [{ id }] = await connection.rows('SELECT id FROM error_tracker_issue WHERE title = ?', [title]);
await connection.rows('INSERT INTO error_tracker_meta (name, value, updated_at) VALUES (?, ?, ?)', [
  ...[INSTANCE, '', Date.now()],
]);
process.stdout.write('ready\n');
for (let round = 0; round < Number(rounds); round += 1) await repeated(() => transaction(writeRound));
await connection.end();

async function writeRound() {
  const { rows } = connection;
  const hash = createHash('sha256').update('former').digest('hex');
  const now = Date.now();
  const eventId = randomUUID();
  await rows(`SELECT value FROM error_tracker_meta WHERE name = ?${FOR_UPDATE}`, [INSTANCE]);
  await rows('UPDATE error_tracker_meta SET value = ?, updated_at = ? WHERE name = ?', [
    ...[randomUUID(), now, INSTANCE],
  ]);
  const [issue] = await rows(
    `SELECT id, birth_token, birth_hash, status, regressions, user_count, next_seq
      FROM error_tracker_issue WHERE id IN (?) ORDER BY id${FOR_UPDATE}`,
    [id],
  );
  await rows(INSERT_ISSUE, [
    ...[id, issue.birth_token, issue.birth_hash, issue.status, issue.regressions, now, now, 2, 1, 0, 1],
    ...['Error', title, 'FailingController.fail', `error\n${title}`, 'error', 0, 'http', null],
  ]);
  const event = {
    ...{
      id: eventId,
      at: now,
      source: 'http',
      handled: false,
      severity: 'error',
      severityReason: 'unhandled',
    },
    fingerprint: { hash, algorithm: 'v1', key: `Error\n${title}` },
    culprit: 'FailingController.fail',
    exceptions: [{ type: 'Error', value: title, facts: {}, frames: [] }],
    ...{ tags: {}, contexts: {}, breadcrumbs: [], environment: 'test' },
    runtime: {
      app: 'shop',
      host: 'a',
      pid: 1,
      node: 'v20',
      nest: '12',
      platform: 'linux',
      uptime: 1,
      memory: 1,
    },
  };
  await rows(INSERT_EVENT, [eventId, id, issue.next_seq, hash, now, 1, JSON.stringify(event)]);
  await rows(INSERT_HOUR, [id, Math.floor(now / 3_600_000) * 3_600_000, 2]);
}

async function transaction(work) {
  for (const statement of connection.begin) await connection.run(statement);
  try {
    await work();
    await connection.run('COMMIT');
  } catch (error) {
    await connection.run('ROLLBACK');
    throw error;
  }
}

async function repeated(work) {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const isContention =
        String(error.code).startsWith('SQLITE_BUSY') ||
        ['40001', '40P01'].includes(error.code) ||
        error.errno === 1213;
      if (!isContention) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function connect() {
  if (isSqlite) {
    const file = new libsql(database, { timeout: 0 });
    return {
      begin: ['BEGIN IMMEDIATE'],
      run: async (statement) => file.exec(statement),
      rows: async (statement, values) => {
        const prepared = file.prepare(statement);
        return statement.startsWith('SELECT') ? prepared.all(...values) : prepared.run(...values);
      },
      end: async () => file.close(),
    };
  }
  if (isMysql) {
    const client = await mysql.createConnection({ host, port, user: username, password, database });
    return {
      begin: ['SET TRANSACTION ISOLATION LEVEL READ COMMITTED', 'START TRANSACTION'],
      run: (statement) => client.query(statement),
      rows: async (statement, values) => (await client.query(statement, values))[0],
      end: () => client.end(),
    };
  }
  const client = new pg.Client({ host, port, user: username, database });
  await client.connect();
  return {
    begin: ['START TRANSACTION', 'SET TRANSACTION ISOLATION LEVEL READ COMMITTED'],
    run: (statement) => client.query(statement),
    rows: async (statement, values) => {
      let index = 0;
      return (
        await client.query(
          statement.replace(/\?/g, () => `$${String(++index)}`),
          values,
        )
      ).rows;
    },
    end: () => client.end(),
  };
}
