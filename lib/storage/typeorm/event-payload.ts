import type { ErrorEvent } from '../../event/error-event.js';
import { isObject } from '../../values/type-guards.js';

/**
 * Events of the tracker arrive within `limits.eventBytes`. This bounds what the column takes,
 * whoever hands it over.
 */
const MAX_BYTES = 1_000_000;
const MAX_VALUE = 2000;

/** What the event's own columns say of it. */
export interface StoredColumns {
  readonly id: string;
  readonly hash?: string;
  /** Epoch milliseconds. */
  readonly at?: number;
}

export function toPayload(event: ErrorEvent): string {
  const json = JSON.stringify(event);
  return Buffer.byteLength(json) <= MAX_BYTES ? json : JSON.stringify(essence(event));
}

/** What is left of an event that is too large: what was thrown and where. */
function essence(event: ErrorEvent): ErrorEvent {
  const exceptions = event.exceptions.slice(0, 5).map((exception) => ({
    type: exception.type.slice(0, MAX_VALUE),
    value: exception.value.slice(0, MAX_VALUE),
    facts: {},
    frames: exception.frames
      .slice(0, 50)
      .map(({ file, line, column, inApp }) => ({ file: file.slice(0, 500), line, column, inApp })),
    relation: exception.relation,
    parent: exception.parent,
  }));
  return {
    id: event.id,
    at: event.at,
    source: event.source,
    handled: event.handled,
    severity: event.severity,
    severityReason: event.severityReason,
    environment: event.environment,
    runtime: event.runtime,
    release: event.release,
    fingerprint: { ...event.fingerprint, key: event.fingerprint.key.slice(0, MAX_VALUE) },
    culprit: event.culprit.slice(0, MAX_VALUE),
    exceptions,
    message: event.message?.slice(0, MAX_VALUE),
    tags: {},
    contexts: {},
    breadcrumbs: [],
    truncated: [...(event.truncated ?? []).slice(0, 50), 'event'],
  };
}

/** A row that somebody edited by hand must not take its issue's page down. */
export function fromPayload(payload: string, row: StoredColumns): ErrorEvent {
  try {
    const event: unknown = JSON.parse(payload);
    if (isObject(event) && 'exceptions' in event) return event as ErrorEvent;
  } catch {
    // Answered below.
  }
  return {
    id: row.id,
    at: row.at ?? 0,
    source: 'manual',
    handled: true,
    severity: 'error',
    severityReason: 'handled',
    fingerprint: { hash: row.hash ?? '', algorithm: '', key: '' },
    culprit: '',
    exceptions: [],
    message: 'The stored event cannot be read.',
    tags: {},
    contexts: {},
    breadcrumbs: [],
    environment: '',
    runtime: { app: '', host: '', pid: 0, node: '', nest: '', platform: '', uptime: 0, memory: 0 },
    truncated: ['event'],
  };
}
