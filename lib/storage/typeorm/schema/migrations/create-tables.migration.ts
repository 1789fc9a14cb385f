import {
  Table,
  type MigrationInterface,
  type QueryRunner,
  type TableColumnOptions,
  type TableIndexOptions,
} from 'typeorm';
import { dialectOf } from '../../dialect/dialect-of.js';

interface TablePlan {
  readonly name: string;
  readonly columns: TableColumnOptions[];
  readonly indices?: TableIndexOptions[];
}

/** The first schema. Type names are those that SQLite, PostgreSQL and MySQL have in common. */
export class CreateErrorTrackerTables1795219200000 implements MigrationInterface {
  readonly name = 'CreateErrorTrackerTables1795219200000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const plan of plansFor(queryRunner)) await queryRunner.createTable(new Table(plan), true);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const { name } of plansFor(queryRunner).reverse()) await queryRunner.dropTable(name, true);
  }
}

// `connection` is the only name that TypeORM 0.3 and 1 share.
function plansFor({ connection: { options } }: QueryRunner): TablePlan[] {
  const { exactText, payloadType } = dialectOf(options.type);
  const key = { isPrimary: true } as const;
  const optional = { isNullable: true } as const;
  const text = (
    name: string,
    length: number,
    more: Partial<TableColumnOptions> = {},
  ): TableColumnOptions => ({
    name,
    type: 'varchar',
    length: String(length),
    ...exactText,
    ...more,
  });
  const longText = (name: string, type = 'text'): TableColumnOptions => ({ name, type, ...exactText });
  const integer = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
    name,
    type: 'integer',
    ...more,
  });
  const bigint = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
    name,
    type: 'bigint',
    ...more,
  });
  const index = (name: string, ...columnNames: string[]): TableIndexOptions => ({ name, columnNames });
  const unique = (name: string, ...columnNames: string[]): TableIndexOptions => ({
    name,
    columnNames,
    isUnique: true,
  });

  return [
    {
      name: 'error_tracker_issue',
      columns: [
        integer('id', { ...key, isGenerated: true, generationStrategy: 'increment' }),
        text('birth_token', 36),
        text('birth_hash', 64),
        text('type', 190),
        text('title', 1000),
        text('culprit', 300),
        longText('search_text'),
        text('level', 20),
        { name: 'handled', type: 'smallint' },
        text('source', 20),
        text('status', 20),
        integer('regressions'),
        bigint('first_seen'),
        bigint('last_seen'),
        bigint('event_count'),
        integer('stored_count'),
        integer('user_count'),
        integer('next_seq'),
        text('first_release', 190, optional),
        text('last_release', 190, optional),
        text('ticket_key', 190, optional),
        text('ticket_url', 1000, optional),
      ],
      indices: [
        unique('error_tracker_issue_birth', 'birth_hash'),
        index('error_tracker_issue_by_status', 'status', 'last_seen', 'id'),
        index('error_tracker_issue_by_status_age', 'status', 'first_seen', 'id'),
        index('error_tracker_issue_by_status_count', 'status', 'event_count', 'id'),
        index('error_tracker_issue_by_last_seen', 'last_seen', 'id'),
      ],
    },
    {
      name: 'error_tracker_fingerprint',
      columns: [
        text('hash', 64, key),
        text('algorithm', 20),
        integer('issue_id'),
        longText('key_text'),
        bigint('created_at'),
      ],
      indices: [index('error_tracker_fingerprint_issue', 'issue_id')],
    },
    {
      name: 'error_tracker_event',
      columns: [
        text('id', 36, key),
        integer('issue_id'),
        integer('seq'),
        text('hash', 64),
        bigint('at'),
        integer('weight'),
        longText('payload', payloadType),
      ],
      indices: [unique('error_tracker_event_seq', 'issue_id', 'seq'), index('error_tracker_event_at', 'at')],
    },
    {
      name: 'error_tracker_issue_hour',
      columns: [integer('issue_id', key), bigint('hour', key), bigint('n')],
      indices: [index('error_tracker_issue_hour_hour', 'hour')],
    },
    {
      name: 'error_tracker_issue_user',
      columns: [integer('issue_id', key), text('user_hash', 64, key)],
    },
    {
      name: 'error_tracker_activity',
      columns: [
        text('id', 36, key),
        integer('issue_id'),
        text('kind', 20),
        bigint('at'),
        text('actor', 190, optional),
        text('detail', 500, optional),
      ],
      indices: [index('error_tracker_activity_issue', 'issue_id', 'at', 'id')],
    },
    {
      name: 'error_tracker_outbox',
      columns: [
        text('id', 36, key),
        text('dedupe_key', 190),
        text('channel', 60),
        text('kind', 20),
        integer('issue_id'),
        text('event_id', 36, optional),
        text('state', 10),
        bigint('due_at'),
        text('claim_token', 36, optional),
        bigint('claimed_until'),
        integer('attempts'),
        bigint('settled_at', optional),
        text('last_error', 500, optional),
      ],
      indices: [
        unique('error_tracker_outbox_key', 'dedupe_key'),
        index('error_tracker_outbox_due', 'state', 'due_at'),
        index('error_tracker_outbox_issue', 'issue_id'),
        index('error_tracker_outbox_claim', 'claim_token'),
      ],
    },
    {
      name: 'error_tracker_lease',
      columns: [text('name', 190, key), text('owner', 190), bigint('expires_at')],
    },
    {
      name: 'error_tracker_meta',
      columns: [text('name', 190, key), text('value', 190), bigint('updated_at')],
    },
  ];
}
