import type { AddressInfo } from 'node:net';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

const MOST_MAILS = 200;

export interface ReceivedMail {
  readonly id: number;
  readonly at: Date;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | undefined;
}

/** A mail server inside the shop. Every mail in it was really sent and really arrived. */
export class Mailbox implements OnApplicationShutdown {
  private readonly received: ReceivedMail[] = [];
  private nextId = 1;

  private readonly server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: ['STARTTLS'],
    size: 1024 * 1024,
    closeTimeout: 200,
    onData: (stream, _session, done) => {
      simpleParser(stream).then(
        (mail) => {
          this.received.unshift({
            id: this.nextId++,
            at: new Date(),
            from: mail.from?.text ?? '',
            to: [mail.to ?? []]
              .flat()
              .map((address) => address.text)
              .join(', '),
            subject: mail.subject ?? '(no subject)',
            text: mail.text ?? '',
            html: mail.html || undefined,
          });
          this.received.splice(MOST_MAILS);
          done();
        },
        (error: Error) => done(error),
      );
    },
  });

  /** Listens on a free port of the loopback interface. */
  static async open(): Promise<Mailbox> {
    const mailbox = new Mailbox();
    mailbox.server.on('error', (error) => new Logger(Mailbox.name).warn(error.message));
    await new Promise<void>((resolve) => mailbox.server.listen(0, '127.0.0.1', resolve));
    return mailbox;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  /** Newest first. */
  get mails(): readonly ReceivedMail[] {
    return this.received;
  }

  async onApplicationShutdown(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}
