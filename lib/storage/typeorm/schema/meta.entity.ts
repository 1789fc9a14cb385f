import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Small facts about the store itself, such as the last batch of every instance. */
@Entity({ name: 'error_tracker_meta' })
export class MetaEntity {
  @PrimaryColumn({ name: 'name', type: 'varchar', length: 190 })
  name!: string;

  @Column({ name: 'value', type: 'varchar', length: 190 })
  value!: string;

  @Column({ name: 'updated_at', type: 'bigint' })
  updatedAt!: number;
}
