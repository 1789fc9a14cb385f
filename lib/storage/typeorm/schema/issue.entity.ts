import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Severity, Source } from '../../../event/error-event.js';
import type { IssueStatus } from '../../../event/issue.js';

@Entity({ name: 'error_tracker_issue' })
@Index('error_tracker_issue_birth', ['birthHash'], { unique: true })
@Index('error_tracker_issue_by_status', ['status', 'lastSeen', 'id'])
@Index('error_tracker_issue_by_status_age', ['status', 'firstSeen', 'id'])
@Index('error_tracker_issue_by_status_count', ['status', 'eventCount', 'id'])
@Index('error_tracker_issue_by_last_seen', ['lastSeen', 'id'])
export class IssueEntity {
  @PrimaryGeneratedColumn({ name: 'id', type: 'integer' })
  id!: number;

  /**
   * Random. The process that finds its own token here after an insert is the one that created the
   * issue.
   */
  @Column({ name: 'birth_token', type: 'varchar', length: 36 })
  birthToken!: string;

  /** The fingerprint the issue was created for. */
  @Column({ name: 'birth_hash', type: 'varchar', length: 64 })
  birthHash!: string;

  @Column({ name: 'type', type: 'varchar', length: 190 })
  type!: string;

  @Column({ name: 'title', type: 'varchar', length: 1000 })
  title!: string;

  @Column({ name: 'culprit', type: 'varchar', length: 300 })
  culprit!: string;

  /** Type, title and culprit in lower case: databases disagree on what upper and lower case are. */
  @Column({ name: 'search_text', type: 'text' })
  searchText!: string;

  @Column({ name: 'level', type: 'varchar', length: 20 })
  level!: Severity;

  /** 0 or 1. */
  @Column({ name: 'handled', type: 'smallint' })
  handled!: number;

  @Column({ name: 'source', type: 'varchar', length: 20 })
  source!: Source;

  @Column({ name: 'status', type: 'varchar', length: 20 })
  status!: IssueStatus;

  @Column({ name: 'regressions', type: 'integer' })
  regressions!: number;

  @Column({ name: 'first_seen', type: 'bigint' })
  firstSeen!: number;

  @Column({ name: 'last_seen', type: 'bigint' })
  lastSeen!: number;

  @Column({ name: 'event_count', type: 'bigint' })
  eventCount!: number;

  @Column({ name: 'stored_count', type: 'integer' })
  storedCount!: number;

  @Column({ name: 'user_count', type: 'integer' })
  userCount!: number;

  /** Number of the next event to be stored. */
  @Column({ name: 'next_seq', type: 'integer' })
  nextSeq!: number;

  @Column({ name: 'first_release', type: 'varchar', length: 190, nullable: true })
  firstRelease!: string | null;

  @Column({ name: 'last_release', type: 'varchar', length: 190, nullable: true })
  lastRelease!: string | null;

  @Column({ name: 'ticket_key', type: 'varchar', length: 190, nullable: true })
  ticketKey!: string | null;

  @Column({ name: 'ticket_url', type: 'varchar', length: 1000, nullable: true })
  ticketUrl!: string | null;
}
