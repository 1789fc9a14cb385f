import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { MailerService } from '@nestjs-modules/mailer';
import { ErrorTrackerConfigurationError } from '../errors/configuration.error.js';
import type { Alert } from '../event/alert.js';
import { RESOLVED_OPTIONS, type ResolvedMail, type ResolvedOptions } from '../options/resolved-options.js';
import { mailMessage } from './mail-message.js';
import { boundedTransport } from './mail-transport.js';
import { loadMailer, type MailerPackage } from './mailer-loader.js';
import { Notifier } from './notifier.js';

/**
 * Mails every new issue and every regression to `mail.admins`. Register it with
 * `forRoot({ notifiers: [MailNotifier] })`. It needs `@nestjs-modules/mailer`, `nodemailer` and
 * `lodash`.
 */
@Injectable()
export class MailNotifier extends Notifier implements OnModuleInit, OnApplicationShutdown {
  readonly name = 'mail';
  private mailer: MailerService | undefined;
  private ownMailer: MailerService | undefined;

  constructor(
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
    private readonly moduleRef: ModuleRef,
  ) {
    super();
  }

  /** @throws ErrorTrackerConfigurationError if the configuration does not allow to send mails */
  async onModuleInit(): Promise<void> {
    const { enabled, mail } = this.options;
    if (!enabled) return;
    if (!mail) {
      throw new ErrorTrackerConfigurationError(
        'MailNotifier is registered, but the option `mail` is missing.',
        "Set `mail: { from: 'errors@shop.example', admins: ['team@shop.example'] }`, or take MailNotifier out of `notifiers`.",
      );
    }
    if (mail.admins.length === 0) return;
    const mailerPackage = await loadMailer();
    this.mailer = mail.transport
      ? this.makeMailer(mailerPackage, mail.transport)
      : this.findMailer(mailerPackage);
  }

  /** Closes in the last phase of a shutdown, for the last alerts are sent in the earlier ones. */
  async onApplicationShutdown(): Promise<void> {
    await this.ownMailer?.onModuleDestroy();
  }

  async notify(alert: Alert, signal: AbortSignal): Promise<void> {
    const { mail } = this.options;
    if (!mail || mail.admins.length === 0) return;
    if (!this.mailer) throw new Error('The mailer is not ready yet.');
    // Nodemailer 10 stops at the signal; older versions stop at the transport's time limits.
    await this.mailer.sendMail({ ...mailMessage(alert, mail), signal });
  }

  private makeMailer(
    mailerPackage: MailerPackage,
    transport: NonNullable<ResolvedMail['transport']>,
  ): MailerService {
    const { MailerService } = mailerPackage;
    const options = { transport: boundedTransport(transport) };
    // The package does not export its transport factory; it makes one if none is given.
    this.ownMailer = new MailerService(options, undefined as never);
    return this.ownMailer;
  }

  private findMailer({ MailerService }: MailerPackage): MailerService {
    try {
      return this.moduleRef.get(MailerService, { strict: false });
    } catch {
      throw new ErrorTrackerConfigurationError(
        'MailNotifier found no MailerService in the application.',
        "Set `mail.transport`, e.g. 'smtp://user:password@mail.example:587', or import `MailerModule.forRoot(…)`.",
      );
    }
  }
}
