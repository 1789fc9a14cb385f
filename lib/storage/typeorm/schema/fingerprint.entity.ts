import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * Many fingerprints lead to one issue. To merge or split issues, or to change the algorithm, they
 * are pointed elsewhere.
 */
@Entity({ name: 'error_tracker_fingerprint' })
@Index('error_tracker_fingerprint_issue', ['issueId'])
export class FingerprintEntity {
  @PrimaryColumn({ name: 'hash', type: 'varchar', length: 64 })
  hash!: string;

  @Column({ name: 'algorithm', type: 'varchar', length: 20 })
  algorithm!: string;

  @Column({ name: 'issue_id', type: 'integer' })
  issueId!: number;

  @Column({ name: 'key_text', type: 'text' })
  keyText!: string;

  @Column({ name: 'created_at', type: 'bigint' })
  createdAt!: number;
}
