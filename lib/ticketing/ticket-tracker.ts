import type { ErrorEvent } from '../event/error-event.js';
import type { Issue, TicketRef } from '../event/issue.js';

/** What a ticket is made from. Everything in it is masked. */
export interface NewTicket {
  /** One clean line, at most 200 characters. */
  readonly title: string;
  /** Plain text in Markdown. */
  readonly body: string;
  /** The same on every attempt: search for it before creating, so that a lost answer makes no second ticket. */
  readonly dedupeKey: string;
  readonly issue: Issue;
  readonly event?: ErrorEvent;
  /** Address of the issue's page; absent unless `admin.baseUrl` is set. */
  readonly url?: string;
}

/**
 * An issue tracker in which every new issue gets one ticket. Register it with
 * `forRoot({ ticketTrackers: [MyTracker] })`; it is built by Nest's DI and runs in the background.
 */
export abstract class TicketTracker {
  /** Stable name, at most 40 characters. */
  abstract readonly name: string;

  /** Creates the ticket and returns where it is; a rejection is retried with back-off. */
  abstract create(ticket: NewTicket, signal: AbortSignal): Promise<TicketRef>;
}

/** Injection token of every registered `TicketTracker`, as a list. */
export const TICKET_TRACKERS = Symbol.for('nestjs-error-tracker:ticket-trackers');
