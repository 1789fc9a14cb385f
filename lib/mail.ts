export { MailNotifier } from './notify/mail.notifier.js';
export type { MailOptions } from './options/error-tracker-options.js';
