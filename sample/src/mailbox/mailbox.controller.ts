import { Controller, Get, Header, NotFoundException, Param, ParseIntPipe } from '@nestjs/common';
import { mailboxPage } from './mailbox.page.js';
import { Mailbox } from './mailbox.js';

@Controller('mailbox')
export class MailboxController {
  constructor(private readonly mailbox: Mailbox) {}

  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  list(): string {
    return mailboxPage(this.mailbox.mails, this.mailbox.mails[0]);
  }

  @Get(':id')
  @Header('Content-Type', 'text/html; charset=utf-8')
  show(@Param('id', ParseIntPipe) id: number): string {
    const mail = this.mailbox.mails.find((candidate) => candidate.id === id);
    if (!mail)
      throw new NotFoundException('This mail is gone: the mailbox keeps mails until the shop is stopped.');
    return mailboxPage(this.mailbox.mails, mail);
  }
}
