import { Entity, PrimaryColumn } from 'typeorm';

/** A user that an issue hit, without telling who it is. They are counted up to a limit. */
@Entity({ name: 'error_tracker_issue_user' })
export class IssueUserEntity {
  @PrimaryColumn({ name: 'issue_id', type: 'integer' })
  issueId!: number;

  @PrimaryColumn({ name: 'user_hash', type: 'varchar', length: 64 })
  userHash!: string;
}
