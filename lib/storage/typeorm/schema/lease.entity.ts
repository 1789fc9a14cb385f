import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Work that only one instance does at a time. */
@Entity({ name: 'error_tracker_lease' })
export class LeaseEntity {
  @PrimaryColumn({ name: 'name', type: 'varchar', length: 190 })
  name!: string;

  @Column({ name: 'owner', type: 'varchar', length: 190 })
  owner!: string;

  @Column({ name: 'expires_at', type: 'bigint' })
  expiresAt!: number;
}
