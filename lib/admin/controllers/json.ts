import type { ErrorEvent, ExceptionInfo, StackFrame } from '../../event/error-event.js';
import type { Activity, Issue } from '../../event/issue.js';
import type { StoredEvent } from '../../storage/event-store.js';
import { isoTime } from '../../time/utc.js';

/** Entries of its history that an issue carries. */
export const MAX_ACTIVITY = 50;

/**
 * The API's shapes are spelled out field by field, so that a new field inside never shows up
 * outside by accident.
 */
export function issueJson(issue: Issue, activity: readonly Activity[]): object {
  return {
    id: issue.id,
    type: issue.type,
    title: issue.title,
    culprit: issue.culprit,
    status: issue.status,
    level: issue.level,
    handled: issue.handled,
    source: issue.source,
    eventCount: issue.eventCount,
    userCount: issue.userCount,
    firstSeen: isoTime(issue.firstSeen),
    lastSeen: isoTime(issue.lastSeen),
    fingerprint: issue.fingerprint,
    ticket: issue.ticket ? { key: issue.ticket.key, url: issue.ticket.url ?? null } : null,
    activity: activity.map(activityJson),
  };
}

export function eventJson({ event, issueId }: StoredEvent): object {
  return {
    id: event.id,
    issueId,
    at: isoTime(event.at),
    source: event.source,
    handled: event.handled,
    severity: event.severity,
    severityReason: event.severityReason,
    category: event.category ?? null,
    exceptions: event.exceptions.map(exceptionJson),
    message: event.message ?? null,
    request: event.request ?? null,
    user: event.user ?? null,
    tags: event.tags,
    contexts: event.contexts,
    breadcrumbs: breadcrumbsJson(event),
    release: event.release ?? null,
    environment: event.environment,
    runtime: event.runtime,
  };
}

/**
 * The tracker's health. Numbers whose names end in `At` are epoch milliseconds; they become ISO
 * 8601.
 */
export function healthJson(snapshot: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(snapshot).map(([key, value]) => [
      key,
      key.endsWith('At') && typeof value === 'number' ? isoTime(value) : (value ?? null),
    ]),
  );
}

function activityJson({ kind, at, actor, detail }: Activity): object {
  return { kind, at: isoTime(at), actor: actor ?? null, detail: detail ?? null };
}

function exceptionJson({ type, value, facts, properties, frames, relation, parent }: ExceptionInfo): object {
  return {
    type,
    value,
    facts,
    properties: properties ?? {},
    frames: frames.map(frameJson),
    relation: relation ?? null,
    parent: parent ?? null,
  };
}

function frameJson(frame: StackFrame): object {
  return {
    file: frame.file,
    line: frame.line ?? null,
    column: frame.column ?? null,
    function: frame.function ?? null,
    inApp: frame.inApp,
    context: frame.context ?? null,
    variables: frame.variables ?? null,
  };
}

function breadcrumbsJson(event: ErrorEvent): readonly object[] {
  return event.breadcrumbs.map(({ at, type, message, level, data }) => ({
    at: isoTime(at),
    type,
    message,
    level,
    data: data ?? null,
  }));
}
