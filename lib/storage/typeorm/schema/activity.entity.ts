import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ActivityKind } from '../../../event/issue.js';

@Entity({ name: 'error_tracker_activity' })
@Index('error_tracker_activity_issue', ['issueId', 'at', 'id'])
export class ActivityEntity {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 36 })
  id!: string;

  @Column({ name: 'issue_id', type: 'integer' })
  issueId!: number;

  @Column({ name: 'kind', type: 'varchar', length: 20 })
  kind!: ActivityKind;

  @Column({ name: 'at', type: 'bigint' })
  at!: number;

  @Column({ name: 'actor', type: 'varchar', length: 190, nullable: true })
  actor!: string | null;

  @Column({ name: 'detail', type: 'varchar', length: 500, nullable: true })
  detail!: string | null;
}
