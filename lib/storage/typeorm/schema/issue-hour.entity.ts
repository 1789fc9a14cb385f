import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Number of an issue's events in one hour, for charts. */
@Entity({ name: 'error_tracker_issue_hour' })
@Index('error_tracker_issue_hour_hour', ['hour'])
export class IssueHourEntity {
  @PrimaryColumn({ name: 'issue_id', type: 'integer' })
  issueId!: number;

  /** Epoch milliseconds of its start. */
  @PrimaryColumn({ name: 'hour', type: 'bigint' })
  hour!: number;

  @Column({ name: 'n', type: 'bigint' })
  n!: number;
}
