import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/**
 * `accept` takes mails, `refuse` answers 451 after the data, `silent` never answers the data,
 * `mute` never greets.
 */
export type SinkMode = 'accept' | 'refuse' | 'silent' | 'mute';

export type SunkMail = ParsedMail & { readonly raw: string; readonly recipients: readonly string[] };

export interface SmtpSink {
  readonly port: number;
  readonly mails: readonly SunkMail[];
  /** Connections that were opened so far. */
  readonly connections: () => number;
  behave(mode: SinkMode): void;
  /** Resolves when that many mails have arrived. */
  arrived(count: number): Promise<void>;
  close(): Promise<void>;
}

/** A real SMTP server on a free port of the loopback interface that keeps what it gets. */
export async function startSmtpSink(): Promise<SmtpSink> {
  const mails: SunkMail[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  let mode: SinkMode = 'accept';
  let connections = 0;
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    closeTimeout: 100,
    onConnect: (_session, callback) => {
      connections++;
      if (mode !== 'mute') callback();
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (mode === 'silent') return;
        if (mode === 'refuse') {
          callback(Object.assign(new Error('Try again later'), { responseCode: 451 }));
          return;
        }
        const raw = Buffer.concat(chunks).toString('utf8');
        void simpleParser(raw).then((parsed) => {
          const recipients = session.envelope.rcptTo.map((recipient) => recipient.address);
          mails.push(Object.assign(parsed, { raw, recipients }));
          callback();
          for (const waiter of waiting) if (mails.length >= waiter.count) waiter.resolve();
        });
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    connections: () => connections,
    behave: (next) => {
      mode = next;
    },
    arrived: (count) =>
      new Promise((resolve) => {
        if (mails.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
