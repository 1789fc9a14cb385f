import type { Alert } from '../event/alert.js';
import type { ResolvedMail } from '../options/resolved-options.js';
import { alertReport, type AlertReport } from './alert-report.js';
import { mailHtml } from './mail-html.js';
import { oneLine } from '../values/one-line.js';
import { reportText } from './report-text.js';

const MAX_SUBJECT_LENGTH = 200;

/** A mail in nodemailer's form. */
export interface MailMessage {
  readonly from: string;
  readonly to: string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  readonly references: string;
  readonly headers: Record<string, string>;
  readonly disableFileAccess: true;
  readonly disableUrlAccess: true;
}

/** Writes the mail of an alert. Recipients and sender come only from the configuration. */
export function mailMessage(alert: Alert, mail: ResolvedMail): MailMessage {
  const report = alertReport(alert);
  const { issue } = alert;
  const domain = domainOf(mail.from);
  const issueId = `issue-${issue.id}.${issue.fingerprint.slice(0, 16)}`;
  return {
    from: mail.from,
    to: [...mail.admins],
    subject: subject(`${mail.subjectPrefix} ${report.headline}`),
    text: mailText(report),
    html: mailHtml(report),
    // The same on every attempt: mail programs show a mail that was sent twice only once.
    messageId: messageId([alert.dedupeKey, issueId, alert.event?.id ?? ''].join('.'), domain),
    // No mail with this id was ever sent. It makes all mails of an issue one conversation.
    references: messageId(issueId, domain),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** `=?` would start an encoded word, which mail programs would decode to another text. */
function subject(text: string): string {
  return oneLine(text.replaceAll('=?', '= ?'), MAX_SUBJECT_LENGTH);
}

function mailText(report: AlertReport): string {
  const link = report.url ? [`Details: ${report.url}`] : [];
  return [report.headline, report.why, reportText(report), ...link].join('\n\n') + '\n';
}

function messageId(local: string, domain: string): string {
  return `<${local
    .replace(/[^A-Za-z0-9.-]/g, '-')
    .replace(/\.+$/, '')
    .slice(0, 200)}@${domain}>`;
}

function domainOf(from: string): string {
  return /@([A-Za-z0-9.-]+)>?\s*$/.exec(from)?.[1] ?? 'nestjs-error-tracker.invalid';
}
