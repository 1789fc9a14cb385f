import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigintTransformer } from './bigint-transformer.js';

/** Events of an issue in one hour: what charts are drawn from. */
@Entity({ name: 'error_tracker_issue_hour' })
@Index('error_tracker_issue_hour_hour', ['hour'])
export class IssueHourEntity {
  @PrimaryColumn({ name: 'issue_id', type: 'integer' })
  issueId!: number;

  /** Epoch milliseconds of its start. */
  @PrimaryColumn({ name: 'hour', type: 'bigint', transformer: bigintTransformer })
  hour!: number;

  @Column({ name: 'n', type: 'bigint', transformer: bigintTransformer })
  n!: number;
}
