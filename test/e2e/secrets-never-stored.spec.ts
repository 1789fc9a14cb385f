import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Body, Controller, Injectable, Post, Req } from '@nestjs/common';
import { ErrorTrackerService, TicketTracker, type NewTicket, type TicketRef } from '../../lib/index.js';
import { MailNotifier } from '../../lib/mail.js';
import { PLATFORMS, startApp, type TestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { http, postJson } from '../support/http.js';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink.js';

const CARD = '4111 1111 1111 1111';
let planted = 0;
const markers: string[] = [];

/** A value that must not be found anywhere afterwards. */
function secret(): string {
  planted += 1;
  const marker = `hunter${String(planted)}Zq`;
  markers.push(marker);
  return marker;
}

const inBody = {
  user: { name: 'Ada', userPassword: secret(), profile: [{ api_key: secret() }, { apiKey: secret() }] },
  payment: { note: `paid with ${CARD}`, cvv: secret() },
  raw: JSON.stringify({ clientSecret: secret() }),
  callback: `https://ada:${secret()}@shop.example/back?access_token=${secret()}&page=2`,
};
const inHeaders = {
  authorization: `Bearer ${secret()}`,
  cookie: `theme=dark; session=${secret()}`,
  'x-api-key': secret(),
  referer: `https://shop.example/pay?token=${secret()}`,
  'x-note': `password=${secret()}`,
};
const inQuery = `page=2&token=${secret()}&secretAnswer=${secret()}`;
const inMessage = secret();
const inCause = secret();
const inProperty = secret();
const inTag = secret();
const inContext = secret();
const inBreadcrumb = secret();
const inUser = secret();

@Injectable()
class Board extends TicketTracker {
  override readonly name = 'board';
  readonly tickets: NewTicket[] = [];
  override create(ticket: NewTicket): Promise<TicketRef> {
    this.tickets.push(ticket);
    return Promise.resolve({ key: 'B-1' });
  }
}

@Controller()
class CheckoutController {
  constructor(private readonly tracker: ErrorTrackerService) {}

  @Post('checkout')
  checkout(@Body() body: object, @Req() request: object): never {
    Object.assign(request, { user: { id: 7, token: inUser } });
    this.tracker.setTag('password', inTag);
    this.tracker.setContext('gateway', { connection: { secretKey: inContext }, region: 'eu-1' });
    this.tracker.addBreadcrumb({
      message: `login with password=${inBreadcrumb}`,
      data: { passwd: inBreadcrumb },
    });
    const cause = Object.assign(new Error(`connect postgres://shop:${inCause}@db/shop`), {
      apiToken: inProperty,
    });
    throw new Error(`charge of ${CARD} failed, api_key=${inMessage}, ${Object.keys(body).length} fields`, {
      cause,
    });
  }
}

describe.each(PLATFORMS)('on %s', (platform) => {
  let smtp: SmtpSink;
  let app: TestApp;
  let body: object;

  beforeAll(async () => {
    smtp = await startSmtpSink();
    app = await startApp({
      platform,
      controllers: [CheckoutController],
      tracker: {
        notifiers: [MailNotifier],
        ticketTrackers: [Board],
        mail: {
          transport: { host: '127.0.0.1', port: smtp.port, secure: false, ignoreTLS: true },
          from: 'errors@shop.example',
          admins: ['dev@shop.example'],
        },
      },
    });
    await postJson(`${app.url}/checkout?${inQuery}`, inBody, inHeaders);
    await app.allIssues();
    await eventually(async () => {
      expect(smtp.mails).toHaveLength(1);
      expect((await app.allIssues())[0]?.ticket).toBeDefined();
    });
    const { items } = await app.store.findEvents(1, 10);
    body = items[0]?.event.request?.body as object;
  });
  afterAll(async () => {
    await app.close();
    await smtp.close();
  });

  function expectNoSecret(where: string): void {
    expect([...markers, CARD, '4111111111111111'].filter((marker) => where.includes(marker))).toEqual([]);
  }

  it('leaves none in the database file', () => {
    const folder = dirname(app.databaseFile);
    const files = readdirSync(folder).map((file) => readFileSync(join(folder, file)).toString('latin1'));
    expectNoSecret(files.join('\n'));
    expect(files.join('\n')).toContain('CheckoutController');
  });

  it('leaves none in the mail', () => {
    const [mail] = smtp.mails;
    expectNoSecret(
      `${mail?.subject ?? ''}\n${mail?.text ?? ''}\n${mail?.html === false ? '' : (mail?.html ?? '')}`,
    );
    expect(mail?.text).toContain('CheckoutController');
  });

  it('leaves none in the ticket', () => {
    expectNoSecret(JSON.stringify(app.app.get(Board, { strict: false }).tickets));
  });

  it('leaves none on any page or in the API', async () => {
    for (const path of [
      '',
      '/issues/1',
      '/api/issues',
      '/api/issues/1',
      '/api/issues/1/events',
      '/api/health',
    ]) {
      const { status, body: page } = await http(`${app.url}/errors${path}`);
      expect(status).toBe(200);
      expectNoSecret(page);
    }
  });

  it("leaves none in the tracker's log lines", () => {
    const own = app.logger.lines.filter(({ context }) => context === 'ErrorTracker');
    expectNoSecret(JSON.stringify(own));
  });

  it('keeps what is no secret', () => {
    expect(body).toMatchObject({
      user: { name: 'Ada', userPassword: '[masked]' },
      payment: { cvv: '[masked]' },
    });
  });
});
