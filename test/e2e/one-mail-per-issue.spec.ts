import { Controller, Get, Injectable, Param } from '@nestjs/common';
import { TicketTracker, type NewTicket, type TicketRef } from '../../lib/index.js';
import { MailNotifier } from '../../lib/mail.js';
import { PLATFORMS, startApp, type TestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/http.js';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink.js';

@Injectable()
class Board extends TicketTracker {
  override readonly name = 'board';
  readonly tickets: NewTicket[] = [];

  override create(ticket: NewTicket): Promise<TicketRef> {
    this.tickets.push(ticket);
    return Promise.resolve({ key: `B-${String(this.tickets.length)}`, url: 'https://board.example/1' });
  }
}

@Controller()
class ShopController {
  @Get('orders/:id')
  order(@Param('id') id: string): never {
    throw new Error(`Order ${id} is gone\r\nBcc: evil@example.com`);
  }

  @Get('cart')
  cart(): never {
    throw new TypeError('The cart has no lines');
  }
}

describe.each(PLATFORMS)('on %s', (platform) => {
  let smtp: SmtpSink;
  let app: TestApp;

  beforeEach(async () => {
    smtp = await startSmtpSink();
    app = await startApp({
      platform,
      controllers: [ShopController],
      tracker: {
        notifiers: [MailNotifier],
        ticketTrackers: [Board],
        mail: {
          transport: { host: '127.0.0.1', port: smtp.port, secure: false, ignoreTLS: true },
          from: 'Shop errors <errors@shop.example>',
          admins: ['dev@shop.example', 'ops@shop.example'],
          subjectPrefix: '[shop]',
        },
        admin: { baseUrl: 'https://shop.example/errors' },
      },
    });
  });
  afterEach(async () => {
    await app.close();
    await smtp.close();
  });

  it('sends one mail and makes one ticket for every new issue, however often it happens', async () => {
    for (let index = 0; index < 30; index++) await http(`${app.url}/orders/${String(1000 + index)}`);
    await http(`${app.url}/cart`);
    await app.allIssues();
    await eventually(() => {
      expect(smtp.mails).toHaveLength(2);
    });
    await app.close();

    const subjects = smtp.mails.map(({ subject }) => subject).sort();
    expect(subjects[0]).toMatch(/^\[shop\] New: Error in ShopController\.order .*\(#1\)$/);
    expect(subjects[1]).toMatch(/^\[shop\] New: TypeError in ShopController\.cart .*\(#2\)$/);
  });

  it('stores the ticket on the issue', async () => {
    await http(`${app.url}/cart`);
    await app.allIssues();
    await eventually(async () => {
      const [issue] = await app.allIssues();
      expect(issue?.ticket).toEqual({ key: 'B-1', url: 'https://board.example/1' });
    });
    expect(app.app.get(Board, { strict: false }).tickets).toHaveLength(1);
  });

  it('tells the admins, links to the issue, and lets nothing into the headers', async () => {
    await http(`${app.url}/orders/1`);
    await app.allIssues();
    await eventually(() => {
      expect(smtp.mails).toHaveLength(1);
    });
    const [mail] = smtp.mails;
    expect(mail?.text).toContain('https://shop.example/errors/issues/1');
    expect(mail?.html).toContain('https://shop.example/errors/issues/1');
    expect(mail?.headers.has('bcc')).toBe(false);
  });

  it('answers, stores and retries while the mail server refuses', async () => {
    smtp.behave('refuse');
    expect((await http(`${app.url}/cart`)).status).toBe(500);
    expect(await app.allIssues()).toHaveLength(1);
    await eventually(() => {
      expect(app.tracker.health().channelFailures).toEqual({ 'notifier:mail': 1 });
    });
    expect(await app.allIssues()).toHaveLength(1);
  });
});
