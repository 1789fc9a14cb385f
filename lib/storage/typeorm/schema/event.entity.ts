import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const EVENT_TABLE = 'error_tracker_event';

/** What the event table has in common on all databases. */
abstract class EventRow {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 36 })
  id!: string;

  @Column({ name: 'issue_id', type: 'integer' })
  issueId!: number;

  @Column({ name: 'seq', type: 'integer' })
  seq!: number;

  @Column({ name: 'hash', type: 'varchar', length: 64 })
  hash!: string;

  @Column({ name: 'at', type: 'bigint' })
  at!: number;

  @Column({ name: 'weight', type: 'integer' })
  weight!: number;

  /** Stands for the user that it happened to, without telling who that is. */
  @Column({ name: 'user_hash', type: 'varchar', length: 64, nullable: true })
  userHash!: string | null;

  /**
   * The same for the user that the event itself names. Empty for none, null where an earlier
   * version stored it.
   */
  @Column({ name: 'named_user_hash', type: 'varchar', length: 64, nullable: true })
  namedUserHash!: string | null;

  @Column({ name: 'release_name', type: 'varchar', length: 190, nullable: true })
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

/** MySQL's `text` ends at 64 KB. */
@Entity({ name: EVENT_TABLE })
@Index('error_tracker_event_seq', ['issueId', 'seq'], { unique: true })
@Index('error_tracker_event_at', ['at'])
@Index('error_tracker_event_user', ['userHash'])
@Index('error_tracker_event_named_user', ['namedUserHash'])
export class MysqlEventEntity extends EventRow {
  @Column({ name: 'payload', type: 'mediumtext' })
  payload!: string;
}
