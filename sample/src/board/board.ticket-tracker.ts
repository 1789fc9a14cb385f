import { Injectable } from '@nestjs/common';
import { TicketTracker, type NewTicket, type TicketRef } from 'nestjs-error-tracker';
import { SETTINGS } from '../settings.js';
import { BoardService } from './board.service.js';

/** How the shop connects its own issue tracker: one class, one method. */
@Injectable()
export class BoardTicketTracker extends TicketTracker {
  readonly name = 'board';

  constructor(private readonly board: BoardService) {
    super();
  }

  async create({ dedupeKey, title, body, url }: NewTicket): Promise<TicketRef> {
    // Delivery is at least once: an attempt whose answer was lost has filed its ticket already.
    const ticket =
      (await this.board.findByDedupeKey(dedupeKey)) ??
      (await this.board.add({ dedupeKey, title, body, issueUrl: url ?? null }));
    return { key: ticket.key, url: `${SETTINGS.publicUrl}/board#${ticket.key}` };
  }
}
