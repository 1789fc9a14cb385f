import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigintTransformer } from './bigint-transformer.js';

export const EVENT_TABLE = 'error_tracker_event';

/** What the event table looks like on every database. */
export abstract class EventRow {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 36 })
  id!: string;

  @Column({ name: 'issue_id', type: 'integer' })
  issueId!: number;

  @Column({ name: 'seq', type: 'integer' })
  seq!: number;

  @Column({ name: 'hash', type: 'varchar', length: 64 })
  hash!: string;

  @Column({ name: 'at', type: 'bigint', transformer: bigintTransformer })
  at!: number;

  @Column({ name: 'weight', type: 'integer' })
  weight!: number;

  /** Who it happened to, without telling who that is. */
  @Column({ name: 'user_hash', type: 'varchar', length: 64, nullable: true, select: false })
  userHash!: string | null;

  /** Whom the event itself names, the same way; empty for nobody, null where a version before stored it. */
  @Column({ name: 'named_user_hash', type: 'varchar', length: 64, nullable: true, select: false })
  namedUserHash!: string | null;

  @Column({ name: 'release_name', type: 'varchar', length: 190, nullable: true, select: false })
  release!: string | null;

  /** The event as JSON. */
  abstract payload: string;
}

@Entity({ name: EVENT_TABLE })
@Index('error_tracker_event_seq', ['issueId', 'seq'], { unique: true })
@Index('error_tracker_event_at', ['at'])
@Index('error_tracker_event_user', ['userHash'])
@Index('error_tracker_event_named_user', ['namedUserHash'])
export class EventEntity extends EventRow {
  @Column({ name: 'payload', type: 'text' })
  payload!: string;
}

/** MySQL's `text` ends at 64 KB, and in bytes. */
@Entity({ name: EVENT_TABLE })
@Index('error_tracker_event_seq', ['issueId', 'seq'], { unique: true })
@Index('error_tracker_event_at', ['at'])
@Index('error_tracker_event_user', ['userHash'])
@Index('error_tracker_event_named_user', ['namedUserHash'])
export class MysqlEventEntity extends EventRow {
  @Column({ name: 'payload', type: 'mediumtext' })
  payload!: string;
}
