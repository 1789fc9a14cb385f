import { Entity, PrimaryColumn } from 'typeorm';

/** Who was hit by an issue, without telling who it was; counted up to a limit. */
@Entity({ name: 'error_tracker_issue_user' })
export class IssueUserEntity {
  @PrimaryColumn({ name: 'issue_id', type: 'integer' })
  issueId!: number;

  @PrimaryColumn({ name: 'user_hash', type: 'varchar', length: 64 })
  userHash!: string;
}
