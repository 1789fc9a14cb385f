import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export const COLUMNS = ['todo', 'doing', 'done'] as const;

export type TicketColumn = (typeof COLUMNS)[number];

@Entity('ticket')
export class Ticket {
  @PrimaryGeneratedColumn()
  id!: number;

  /** Names the fact that the ticket is about: the same fact is never filed twice. */
  @Column({ type: 'varchar', unique: true })
  dedupeKey!: string;

  @Column({ type: 'varchar' })
  title!: string;

  @Column({ type: 'text' })
  body!: string;

  /** The issue's page in the dashboard. */
  @Column({ type: 'varchar', nullable: true })
  issueUrl!: string | null;

  @Column({ type: 'varchar', default: 'todo' })
  column!: TicketColumn;

  get key(): string {
    return `LAMP-${this.id}`;
  }
}
