import type * as mailer from '@nestjs-modules/mailer';
import { ErrorTrackerConfigurationError } from '../errors/configuration.error.js';

export type MailerPackage = typeof mailer;

const NEEDED = '@nestjs-modules/mailer nodemailer lodash';

/**
 * Loads the optional mailer package. Called only if mails are to be sent.
 *
 * @throws ErrorTrackerConfigurationError naming the package to install
 */
export async function loadMailer(): Promise<MailerPackage> {
  try {
    return await import('@nestjs-modules/mailer');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const missing = /Cannot find (?:module|package) '([^']+)'/.exec(reason)?.[1];
    if (missing === 'lodash') {
      // The mailer requires lodash without declaring it.
      throw new ErrorTrackerConfigurationError(
        'MailNotifier needs lodash, which @nestjs-modules/mailer uses but does not bring along.',
        'Install it: npm install lodash',
      );
    }
    throw new ErrorTrackerConfigurationError(
      missing === undefined
        ? `MailNotifier needs @nestjs-modules/mailer, which could not be loaded (${reason.slice(0, 300)}).`
        : `MailNotifier needs @nestjs-modules/mailer, and '${missing}' is not installed.`,
      `Install it: npm install ${NEEDED}`,
    );
  }
}
