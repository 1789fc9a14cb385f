import type { Alert } from '../event/alert.js';
import { alertReport, type AlertReport } from '../notify/alert-report.js';
import { oneLine } from '../values/one-line.js';
import { reportText } from '../notify/report-text.js';
import type { NewTicket } from './ticket-tracker.js';

/** Makes the ticket of an alert. */
export function newTicket(alert: Alert): NewTicket {
  const { issue, event, url } = alert;
  return {
    title: oneLine(`${issue.type}: ${issue.title} (#${issue.id})`, 200),
    body: ticketBody(alertReport(alert)),
    // Several applications may file into one project, and each has an issue no. 1.
    dedupeKey: `${alert.dedupeKey}:${issue.fingerprint.slice(0, 16)}`,
    issue,
    event,
    url,
  };
}

/**
 * Everything from outside is put into a code block, where it cannot format, link or mention
 * anybody.
 */
function ticketBody(report: AlertReport): string {
  const text = reportText(report);
  const longestRun = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(Math.max(3, longestRun + 1));
  const link = report.url ? [`Details: <${report.url}>`] : [];
  return [report.why, ...link, `${fence}text\n${text}\n${fence}`].join('\n\n');
}
