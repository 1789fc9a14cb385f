import type { EventDraft } from '../event/error-event.js';
import { boundedText } from './bounded-text.js';
import {
  cutTexts,
  dropAllContexts,
  dropFromFrames,
  dropFromRequest,
  dropLargestContexts,
  dropOldestBreadcrumbs,
  dropProperties,
  dropTags,
  dropUser,
  keepExceptions,
  keepFrames,
} from './event-cuts.js';
import type { EventCut } from './event-cuts.js';
import { jsonBytes } from './json-size.js';

/** Bounds on `truncated`. No event has more kinds of cuts worth telling apart. */
const MAX_NAMES = 20;
const MAX_NAME_LENGTH = 60;

/** What is least missed, or is most likely what makes the event large, is cut first. */
const EVENT_CUTS: readonly EventCut[] = [
  dropFromRequest('body'),
  dropLargestContexts,
  dropProperties,
  dropOldestBreadcrumbs,
  dropFromFrames('variables'),
  dropFromRequest('query'),
  dropFromRequest('params'),
  dropFromRequest('cookies'),
  dropFromRequest('headers'),
  keepFrames(1, 0),
  cutTexts(1024),
  dropFromFrames('context'),
  dropUser,
  dropTags,
  keepFrames(0, 20),
  cutTexts(256),
  keepExceptions(3),
  keepFrames(0, 5),
  dropAllContexts,
];

/**
 * Cuts an event, one kind of data after the other, until it takes at most `most` bytes as JSON.
 * `truncated` then names what was cut. An event within its bounds is returned as it is.
 */
export function boundEvent(event: EventDraft, most: number): EventDraft {
  let excess = jsonBytes(event) - most;
  if (excess <= 0) return event;
  const bounded = { ...event };
  const names = new Set(event.truncated);
  for (const cut of EVENT_CUTS) {
    for (const name of cut(bounded, excess)) names.add(boundedText(name, MAX_NAME_LENGTH));
    if (names.size > 0) bounded.truncated = [...names].slice(0, MAX_NAMES);
    excess = jsonBytes(bounded) - most;
    if (excess <= 0) return bounded;
  }
  return skeleton(event);
}

/** What is left of an event when all cuts were not enough: about 3 KiB at most. */
export function skeleton(event: EventDraft): EventDraft {
  const short = (text: string): string => boundedText(text, 40);
  const [first] = event.exceptions;
  return {
    id: event.id,
    at: event.at,
    source: event.source,
    handled: event.handled,
    severity: event.severity,
    severityReason: event.severityReason,
    ...(event.category && { category: event.category }),
    ...(event.quiet && { quiet: true }),
    fingerprint: { ...event.fingerprint, key: short(event.fingerprint.key) },
    culprit: short(event.culprit),
    exceptions: first ? [{ type: short(first.type), value: short(first.value), facts: {}, frames: [] }] : [],
    ...(event.message !== undefined && { message: short(event.message) }),
    tags: {},
    contexts: {},
    breadcrumbs: [],
    environment: event.environment,
    ...(event.release !== undefined && { release: event.release }),
    runtime: event.runtime,
    truncated: ['event'],
  };
}
