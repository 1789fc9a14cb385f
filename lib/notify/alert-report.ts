import type { Alert, AlertKind } from '../event/alert.js';
import type { ErrorEvent, ExceptionInfo, StackFrame } from '../event/error-event.js';
import type { Issue } from '../event/issue.js';
import { utcTime } from '../time/utc.js';
import { cleanLines, oneLine } from '../values/one-line.js';

const MAX_EXCEPTIONS = 5;
const MAX_FRAMES = 5;
const MAX_LINES = 12;
const MAX_LINE_LENGTH = 300;

/** An alert as mails and tickets tell it. It is bounded, and every string is one clean line. */
export interface AlertReport {
  readonly kind: AlertKind;
  /** e.g. `New: PaymentError in OrdersService.pay (#42)`. */
  readonly headline: string;
  readonly type: string;
  readonly message: readonly string[];
  readonly why: string;
  readonly facts: readonly ReportedFact[];
  /** Outermost first. */
  readonly exceptions: readonly ReportedException[];
  readonly url?: string;
}

export interface ReportedFact {
  readonly label: string;
  readonly value: string;
}

export interface ReportedException {
  readonly title: string;
  readonly frames: readonly ReportedFrame[];
}

export interface ReportedFrame {
  readonly location: string;
  /** The source lines around the frame, with their numbers. */
  readonly source: readonly ReportedLine[];
}

export interface ReportedLine {
  readonly number: string;
  readonly code: string;
  readonly current: boolean;
}

const KIND_WORDS: Readonly<Record<AlertKind, string>> = { 'new-issue': 'New', regression: 'Regressed' };

/** Bodies, headers and cookies of requests are left out on purpose: a mail is no place for them. */
export function alertReport(alert: Pick<Alert, 'kind' | 'issue' | 'event' | 'url'>): AlertReport {
  const { kind, issue, event, url } = alert;
  const place = issue.culprit ? ` in ${issue.culprit}` : '';
  return {
    kind,
    headline: oneLine(`${KIND_WORDS[kind]}: ${issue.type}${place} (#${issue.id})`, MAX_LINE_LENGTH),
    type: oneLine(issue.type, MAX_LINE_LENGTH),
    message: cleanLines(issue.title, MAX_LINES, MAX_LINE_LENGTH),
    why: why(kind, issue),
    facts: factsOf(issue, event),
    exceptions: exceptionsOf(event),
    url,
  };
}

function why(kind: AlertKind, issue: Issue): string {
  return kind === 'new-issue'
    ? 'This error was seen for the first time.'
    : `This error came back after it had been resolved (regression no. ${issue.regressions}).`;
}

function factsOf(issue: Issue, event: ErrorEvent | undefined): readonly ReportedFact[] {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Where', issue.culprit],
    [
      'Request',
      event?.request && `${event.request.method} ${event.request.route ?? withoutQuery(event.request.url)}`,
    ],
    ['Transaction', event?.request ? undefined : event?.transaction],
    ['Level', issue.level],
    ['Handled', issue.handled ? 'yes' : 'no'],
    ['Events', `${issue.eventCount}`],
    ['Users', issue.userCount > 0 ? `${issue.userCount}` : undefined],
    ['First seen', utcTime(issue.firstSeen)],
    ['Last seen', utcTime(issue.lastSeen)],
    ['Release', event?.release ?? issue.lastRelease],
    ['Environment', event?.environment],
    ['Host', event?.runtime.host],
    ['User', event?.user?.id],
    ['Event', event?.id],
  ];
  return rows.flatMap(([label, value]) => (value ? [{ label, value: oneLine(value, MAX_LINE_LENGTH) }] : []));
}

/** The query is data of the request like the body, so it is left out. */
function withoutQuery(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? '';
}

function exceptionsOf(event: ErrorEvent | undefined): readonly ReportedException[] {
  return (event?.exceptions ?? []).slice(0, MAX_EXCEPTIONS).map((exception) => ({
    title: oneLine(`${relationOf(exception)}${exception.type}: ${exception.value}`, MAX_LINE_LENGTH),
    frames: topFrames(exception.frames).map(reportedFrame),
  }));
}

function relationOf({ relation }: ExceptionInfo): string {
  if (relation === 'cause') return 'Caused by ';
  return relation === 'aggregated' ? 'Together with ' : '';
}

function topFrames(frames: readonly StackFrame[]): readonly StackFrame[] {
  const inApp = frames.filter((frame) => frame.inApp);
  return (inApp.length > 0 ? inApp : frames).slice(0, MAX_FRAMES);
}

function reportedFrame(frame: StackFrame): ReportedFrame {
  const position = [frame.file, frame.line, frame.column].filter((part) => part !== undefined).join(':');
  return {
    location: oneLine(`${frame.function ?? '(anonymous)'} (${position})`, MAX_LINE_LENGTH),
    source: sourceOf(frame),
  };
}

function sourceOf({ context, line }: StackFrame): readonly ReportedLine[] {
  if (!context) return [];
  const before = context.before.slice(-2);
  const lines = [...before, context.line, ...context.after.slice(0, 2)];
  return lines.map((code, index) => ({
    number: line === undefined ? '' : `${line - before.length + index}`,
    // A line of code keeps its leading blanks, for indentation has a meaning.
    code: cleanLines(code, 1, 160)[0] ?? '',
    current: index === before.length,
  }));
}
