export { MailNotifier } from './notify/mail.notifier.js';
export type { MailOptions } from './options/mail-options.js';
