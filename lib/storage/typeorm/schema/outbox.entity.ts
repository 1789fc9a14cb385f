import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AlertKind } from '../../../event/alert.js';

export type OutboxState = 'pending' | 'sent' | 'failed';

/** An alert on its way to one channel. */
@Entity({ name: 'error_tracker_outbox' })
@Index('error_tracker_outbox_key', ['dedupeKey'], { unique: true })
@Index('error_tracker_outbox_due', ['state', 'dueAt'])
@Index('error_tracker_outbox_issue', ['issueId'])
@Index('error_tracker_outbox_claim', ['claimToken'])
export class OutboxEntity {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 36 })
  id!: string;

  @Column({ name: 'dedupe_key', type: 'varchar', length: 190 })
  dedupeKey!: string;

  @Column({ name: 'channel', type: 'varchar', length: 60 })
  channel!: string;

  @Column({ name: 'kind', type: 'varchar', length: 20 })
  kind!: AlertKind;

  @Column({ name: 'issue_id', type: 'integer' })
  issueId!: number;

  @Column({ name: 'event_id', type: 'varchar', length: 36, nullable: true })
  eventId!: string | null;

  @Column({ name: 'state', type: 'varchar', length: 10 })
  state!: OutboxState;

  @Column({ name: 'due_at', type: 'bigint' })
  dueAt!: number;

  /** Names the claim that got it last. */
  @Column({ name: 'claim_token', type: 'varchar', length: 36, nullable: true })
  claimToken!: string | null;

  @Column({ name: 'claimed_until', type: 'bigint' })
  claimedUntil!: number;

  @Column({ name: 'attempts', type: 'integer' })
  attempts!: number;

  @Column({ name: 'settled_at', type: 'bigint', nullable: true })
  settledAt!: number | null;

  @Column({ name: 'last_error', type: 'varchar', length: 500, nullable: true })
  lastError!: string | null;
}
