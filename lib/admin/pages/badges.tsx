import type { ComponentChildren } from 'preact';
import type { Source } from '../../event/error-event.js';
import type { Issue, IssueStatus, TicketRef } from '../../event/issue.js';
import { plural } from './numbers.js';

export const STATUS_WORDS: Readonly<Record<IssueStatus, string>> = {
  open: 'Open',
  resolved: 'Resolved',
  muted: 'Muted',
};

const SOURCE_WORDS: Readonly<Record<Source, string>> = {
  http: 'HTTP',
  rpc: 'RPC',
  ws: 'WebSocket',
  graphql: 'GraphQL',
  cron: 'Cron',
  queue: 'Queue',
  event: 'Event',
  process: 'Process',
  log: 'Log',
  manual: 'Manual',
};

export function Badge({
  tone,
  title,
  children,
}: {
  tone?: string;
  title?: string;
  children: ComponentChildren;
}) {
  return (
    <span class={tone ? `badge ${tone}` : 'badge'} title={title}>
      {children}
    </span>
  );
}

export function StatusBadge({ status }: { status: IssueStatus }) {
  return <Badge tone={`status-${status}`}>{STATUS_WORDS[status] ?? status}</Badge>;
}

export function SourceBadge({ source }: { source: Source }) {
  return <Badge title="Where it entered the tracker">{SOURCE_WORDS[source] ?? source}</Badge>;
}

export function HandledBadge({ handled }: { handled: boolean }) {
  return handled ? (
    <Badge title="Somebody caught it and reported it">handled</Badge>
  ) : (
    <Badge tone="unhandled" title="Nobody in the application caught it">
      unhandled
    </Badge>
  );
}

export function RegressionBadge({ issue }: { issue: Issue }) {
  if (issue.regressions < 1) return null;
  return (
    <Badge
      tone="regressed"
      title={`Came back ${plural(issue.regressions, 'time')} after it had been resolved`}
    >
      regressed{issue.regressions > 1 ? ` ×${issue.regressions}` : ''}
    </Badge>
  );
}

export function TicketLink({ ticket }: { ticket: TicketRef }) {
  return <Badge tone="ticket">{<OuterLink url={ticket.url}>{ticket.key}</OuterLink>}</Badge>;
}

/**
 * A link out of the dashboard. The address comes from outside, so anything but http(s) stays text.
 */
export function OuterLink({ url, children }: { url: string | undefined; children: ComponentChildren }) {
  if (!url || !isWebAddress(url)) return <>{children}</>;
  return (
    <a href={url} rel="noopener noreferrer" target="_blank">
      {children}
    </a>
  );
}

function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}
