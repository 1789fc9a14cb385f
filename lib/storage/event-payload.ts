import type { ErrorEvent } from '../event/error-event.js';
import type { EventRow } from './typeorm/schema/event.entity.js';

/** Events arrive bounded (`limits.eventBytes`); this is what the column takes whatever was configured. */
const MAX_BYTES = 1_000_000;
const MAX_VALUE = 2000;

export function toPayload(event: ErrorEvent): string {
  const json = JSON.stringify(event);
  return Buffer.byteLength(json) <= MAX_BYTES ? json : JSON.stringify(essence(event));
}

/** What is left of an event that is too large: what was thrown and where. */
function essence(event: ErrorEvent): ErrorEvent {
  const {
    id,
    at,
    source,
    handled,
    severity,
    severityReason,
    fingerprint,
    culprit,
    environment,
    runtime,
    release,
  } = event;
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
    ...{ id, at, source, handled, severity, severityReason, environment, runtime, release },
    fingerprint: { ...fingerprint, key: fingerprint.key.slice(0, MAX_VALUE) },
    culprit: culprit.slice(0, MAX_VALUE),
    exceptions,
    message: event.message?.slice(0, MAX_VALUE),
    tags: {},
    contexts: {},
    breadcrumbs: [],
    truncated: [...(event.truncated ?? []).slice(0, 50), 'event'],
  };
}

/** A row somebody edited by hand must not take its issue's page down. */
export function fromPayload(row: Pick<EventRow, 'id' | 'payload'> & Partial<EventRow>): ErrorEvent {
  try {
    const event: unknown = JSON.parse(row.payload);
    if (typeof event === 'object' && event !== null && 'exceptions' in event) return event as ErrorEvent;
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
