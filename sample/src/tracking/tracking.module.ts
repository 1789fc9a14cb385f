import { Module } from '@nestjs/common';
import { ErrorTrackerModule } from 'nestjs-error-tracker';
import { MailNotifier } from 'nestjs-error-tracker/mail';
import { BoardModule } from '../board/board.module.js';
import { BoardTicketTracker } from '../board/board.ticket-tracker.js';
import { Mailbox } from '../mailbox/mailbox.js';
import { MailboxModule } from '../mailbox/mailbox.module.js';
import { SETTINGS } from '../settings.js';
import { ShopPermission } from './shop.permission.js';

/**
 * Everything that the shop does to track its errors. Most applications need less, and
 * `ErrorTrackerModule.forRoot()` is enough to begin with. The shop uses `forRootAsync` because the
 * port of its mailbox is known only once the mailbox listens.
 */
@Module({
  imports: [
    ErrorTrackerModule.forRootAsync({
      imports: [MailboxModule, BoardModule],
      inject: [Mailbox],
      useFactory: (mailbox: Mailbox) => ({
        environment: 'demo',
        release: '1.4.0',
        projectRoot: SETTINGS.root,
        database: { type: 'better-sqlite3' as const, database: SETTINGS.trackerDatabase },
        capture: {
          // Sends the event's id to the client, so that the home page can link to it. Off by
          // default.
          errorIdHeader: 'X-Error-Id',
          // Shows the variables of the functions that failed. Off by default: see docs/event.md.
          localVariables: true,
        },
        mail: {
          transport: { host: '127.0.0.1', port: mailbox.port, ignoreTLS: true },
          from: 'Lamp shop <errors@lamps.example>',
          admins: ['team@lamps.example'],
          subjectPrefix: '[lamps demo]',
        },
        admin: { title: 'Lamp shop', baseUrl: `${SETTINGS.publicUrl}/errors` },
      }),
      permission: ShopPermission,
      notifiers: [MailNotifier],
      ticketTrackers: [BoardTicketTracker],
    }),
  ],
})
export class TrackingModule {}
