import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { COLUMNS, Ticket, type TicketColumn } from './ticket.entity.js';

/** The team's board, a very small issue tracker. */
@Injectable()
export class BoardService {
  constructor(@InjectRepository(Ticket) private readonly tickets: Repository<Ticket>) {}

  /** Newest first. */
  all(): Promise<Ticket[]> {
    return this.tickets.find({ order: { id: 'DESC' }, take: 200 });
  }

  findByDedupeKey(dedupeKey: string): Promise<Ticket | null> {
    return this.tickets.findOneBy({ dedupeKey });
  }

  add(ticket: Pick<Ticket, 'dedupeKey' | 'title' | 'body' | 'issueUrl'>): Promise<Ticket> {
    return this.tickets.save(this.tickets.create(ticket));
  }

  async move(id: number, column: string): Promise<void> {
    if (isColumn(column)) await this.tickets.update({ id }, { column });
  }
}

function isColumn(text: string): text is TicketColumn {
  return (COLUMNS as readonly string[]).includes(text);
}
