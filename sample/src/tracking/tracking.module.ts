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
 * All that the shop does to have its errors tracked. Most applications need less: `ErrorTrackerModule.forRoot()` is
 * enough to begin with. `forRootAsync` is used here because the port of the mailbox is known only once it listens.
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
          // Tells the client the id of the event, so that the home page can link to it. Off unless asked for.
          errorIdHeader: 'X-Error-Id',
          // Shows what the functions of the shop held when they failed. Off unless asked for: see docs/event.md.
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
