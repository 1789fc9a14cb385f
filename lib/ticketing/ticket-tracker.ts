import type { ErrorEvent } from '../event/error-event.js';
import type { Issue, TicketRef } from '../event/issue.js';

/** The content of a new ticket. Everything in it is masked. */
export interface NewTicket {
  /** One clean line, at most 200 characters. */
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  /**
   * The same on every attempt. Search for it first, so that a lost answer makes no second ticket.
   */
  readonly dedupeKey: string;
  readonly issue: Issue;
  readonly event?: ErrorEvent;
  /** Address of the issue's page; absent unless `admin.baseUrl` is set. */
  readonly url?: string;
}

/**
 * An issue tracker in which every new issue gets one ticket. Register it with
 * `forRoot({ ticketTrackers: [MyTracker] })`; Nest's DI builds it. It runs in the background.
 */
export abstract class TicketTracker {
  /** Stable name, at most 40 characters. */
  abstract readonly name: string;

  /** Creates the ticket and returns its key and address. A rejection is retried with back-off. */
  abstract create(ticket: NewTicket, signal: AbortSignal): Promise<TicketRef>;
}

/** Injection token of every registered `TicketTracker`, as a list. */
export const TICKET_TRACKERS = Symbol.for('nestjs-error-tracker:ticket-trackers');
