import { Module } from '@nestjs/common';
import { MailboxController } from './mailbox.controller.js';
import { Mailbox } from './mailbox.js';

@Module({
  controllers: [MailboxController],
  providers: [{ provide: Mailbox, useFactory: () => Mailbox.open() }],
  exports: [Mailbox],
})
export class MailboxModule {}
