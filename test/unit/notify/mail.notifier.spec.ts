import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Module } from '@nestjs/common';
import { MailerModule } from '@nestjs-modules/mailer';
import { Test, type TestingModule } from '@nestjs/testing';
import { MailNotifier } from '../../../lib/notify/mail.notifier.js';
import { RESOLVED_OPTIONS, type ResolvedMail } from '../../../lib/options/resolved-options.js';
import { anAlert, anEvent, anIssue } from '../../support/alerts.js';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.js';

const MAIL: ResolvedMail = {
  transport: undefined,
  from: 'Shop errors <errors@shop.example>',
  admins: ['first@shop.example', 'second@shop.example'],
  subjectPrefix: '[shop production]',
};

async function makeApp(
  mail: Partial<ResolvedMail> | undefined,
  imports: NonNullable<Parameters<typeof Test.createTestingModule>[0]['imports']> = [],
): Promise<TestingModule> {
  const options = { enabled: true, mail: mail && { ...MAIL, ...mail } };
  return Test.createTestingModule({
    imports,
    providers: [MailNotifier, { provide: RESOLVED_OPTIONS, useValue: options }],
  }).compile();
}

const patience = (): AbortSignal => new AbortController().signal;

describe('MailNotifier', () => {
  let sink: SmtpSink;
  let app: TestingModule | undefined;

  beforeEach(async () => {
    sink = await startSmtpSink();
  });

  afterEach(async () => {
    await app?.close();
    app = undefined;
    await sink.close();
  });

  async function started(mail: Partial<ResolvedMail> = {}): Promise<MailNotifier> {
    app = await makeApp({ transport: { host: '127.0.0.1', port: sink.port }, ...mail });
    await app.init();
    return app.get(MailNotifier);
  }

  it('mails the admins a readable report as text and HTML', async () => {
    const notifier = await started();
    await notifier.notify(anAlert(), patience());

    const [mail] = sink.mails;
    expect(mail?.recipients).toEqual(['first@shop.example', 'second@shop.example']);
    expect(mail?.from?.text).toBe('"Shop errors" <errors@shop.example>');
    expect(mail?.subject).toBe('[shop production] New: PaymentError in OrdersService.pay (#42)');
    for (const part of [mail?.text, mail?.html]) {
      expect(part).toContain('The card was declined');
      expect(part).toContain('seen for the first time');
      expect(part).toContain('POST /orders/:id');
      expect(part).toContain('2026-01-02 03:04:05 UTC');
      expect(part).toContain('1.2.3');
      expect(part).toContain('web-1');
      expect(part).toContain('user-7');
      expect(part).toContain('src/orders/orders.service.ts:17:5');
      expect(part).toContain('throw failure;');
      expect(part).toContain('Caused by TypeError: fetch failed');
      expect(part).toContain('01920000-0000-7000-8000-000000000001');
      expect(part).toContain('https://shop.example/errors/issues/42');
    }
  });

  it('leaves body, query, headers and cookies of the request out', async () => {
    const notifier = await started();
    await notifier.notify(
      anAlert({ event: anEvent({ request: { ...anEvent().request!, route: undefined } }) }),
      patience(),
    );

    expect(sink.mails[0]?.text).toContain('POST /orders/7');
    for (const secret of ['query-data', 'body-data', 'header-data', 'cookie-data']) {
      expect(sink.mails[0]?.raw).not.toContain(secret);
    }
  });

  it('has no link without a base address', async () => {
    const notifier = await started();
    await notifier.notify(anAlert({ url: undefined }), patience());

    expect(sink.mails[0]?.text).not.toContain('Details');
    expect(sink.mails[0]?.html).not.toContain('href');
  });

  it('keeps a hostile message inside the subject and the body', async () => {
    const notifier = await started();
    const type = 'Error\r\nBcc: thief@evil.example\r\n\r\ninjected\u2028x =?utf-8?B?QmNj?=';
    const title =
      '<script>alert(1)</script>\r\nBcc: thief@evil.example\r\n.\r\nMAIL FROM:<thief@evil.example>';
    await notifier.notify(
      anAlert({ issue: anIssue({ type, title, culprit: `"><img src=x>${'y'.repeat(400)}` }) }),
      patience(),
    );

    const [mail] = sink.mails;
    expect(sink.mails).toHaveLength(1);
    expect(mail?.recipients).toEqual(['first@shop.example', 'second@shop.example']);
    expect(mail?.headers.has('bcc')).toBe(false);
    expect(mail?.subject).toContain('New: Error Bcc: thief@evil.example injected x = ?utf-8?B?QmNj?');
    expect(mail?.subject?.length).toBeLessThanOrEqual(200);
    expect(mail?.html).not.toContain('<script');
    expect(mail?.html).not.toContain('<img');
    expect(mail?.html).toContain('&lt;script>');
    // Lines of the message are indented in the text part, so none can pose as a line of the report.
    expect(mail?.text).toContain('\n  Bcc: thief@evil.example');
  });

  it('makes one conversation of one issue and recognises a mail that is sent twice', async () => {
    const notifier = await started();
    const regression = {
      kind: 'regression',
      dedupeKey: 'regression:42:1',
      issue: anIssue({ regressions: 1 }),
    } as const;
    await notifier.notify(anAlert(), patience());
    await notifier.notify(anAlert(), patience());
    await notifier.notify(anAlert(regression), patience());
    await notifier.notify(anAlert({ dedupeKey: 'new-issue:43', issue: anIssue({ id: 43 }) }), patience());

    const [first, again, later, other] = sink.mails;
    expect(again?.messageId).toBe(first?.messageId);
    expect(later?.messageId).not.toBe(first?.messageId);
    expect(later?.references).toBe(first?.references);
    expect(other?.references).not.toBe(first?.references);
    expect(first?.messageId).toMatch(/^<[\w.-]+@shop\.example>$/);
    expect(later?.subject).toContain('Regressed: ');
  });

  it('sends many mails over few connections', async () => {
    const notifier = await started();
    for (let index = 0; index < 8; index++) await notifier.notify(anAlert(), patience());

    expect(sink.mails).toHaveLength(8);
    expect(sink.connections()).toBeLessThanOrEqual(3);
  });

  it('takes an address as transport, too', async () => {
    const notifier = await started({ transport: `smtp://127.0.0.1:${sink.port}` });
    for (let index = 0; index < 5; index++) await notifier.notify(anAlert(), patience());

    expect(sink.mails).toHaveLength(5);
    expect(sink.connections()).toBeLessThanOrEqual(3);
  });

  it('sends nothing without admins, and needs no transport then', async () => {
    app = await makeApp({ admins: [] });
    await app.init();
    await app.get(MailNotifier).notify(anAlert(), patience());

    expect(sink.mails).toHaveLength(0);
  });

  it("uses the application's own mailer when no transport is given", async () => {
    @Module({
      imports: [MailerModule.forRoot({ transport: { host: '127.0.0.1', port: sink.port } })],
    })
    class HostModule {}
    app = await makeApp({}, [HostModule]);
    await app.init();
    await app.get(MailNotifier).notify(anAlert(), patience());

    expect(sink.mails).toHaveLength(1);
  });

  it.each([
    ['the option is missing', undefined, /option `mail` is missing/],
    ['there is no mailer in the application', {}, /found no MailerService.*mail\.transport/],
  ])('fails the boot with the cure when %s', async (_when, mail, message) => {
    const broken = await makeApp(mail);
    await expect(broken.init()).rejects.toThrow(message);
  });

  it('rejects when the server refuses the mail', async () => {
    const notifier = await started();
    sink.behave('refuse');
    await expect(notifier.notify(anAlert(), patience())).rejects.toThrow('Try again later');
    sink.behave('accept');
    await notifier.notify(anAlert(), patience());
    expect(sink.mails).toHaveLength(1);
  });

  it('rejects when nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const notifier = await started({ transport: { host: '127.0.0.1', port } });

    await expect(notifier.notify(anAlert(), patience())).rejects.toThrow(/ECONNREFUSED/);
  });

  it.each(['silent', 'mute'] as const)('stops waiting for a server that is %s when told to', async (mode) => {
    const notifier = await started();
    sink.behave(mode);
    const controller = new AbortController();
    const sending = notifier.notify(anAlert(), controller.signal);
    setTimeout(() => controller.abort(new Error('too late')), 200);
    await expect(sending).rejects.toThrow(/abort|too late/i);
  });

  it('still sends while the application shuts down, and closes its connections after', async () => {
    const notifier = await started();
    await notifier.notify(anAlert(), patience());
    await notifier.onApplicationShutdown();
    await expect(notifier.notify(anAlert(), patience())).rejects.toThrow(/closed/);
    expect('onModuleDestroy' in notifier).toBe(false);
  });
});
