import type { EventDraft, ExceptionInfo, Json, RequestInfo } from '../event/error-event.js';
import { boundedText } from './bounded-text.js';
import { jsonBytes } from './json-size.js';

/**
 * Takes something off an event that is `excess` bytes too large. Replaces fields of the event and
 * never changes their values in place.
 *
 * @returns names of what was cut
 */
export type EventCut = (event: EventDraft, excess: number) => readonly string[];

/** Parts of at most this many bytes stay: the note in their place would be as long. */
const MAX_SMALL = 64;

export function dropFromRequest(part: 'body' | 'query' | 'params' | 'cookies' | 'headers'): EventCut {
  return (event) => {
    const size = jsonBytes(event.request?.[part] ?? null);
    if (!event.request || size <= MAX_SMALL) return [];
    event.request = { ...event.request, [part]: dropped(size) };
    return [`request.${part}`];
  };
}

export function dropLargestContexts(event: EventDraft, excess: number): readonly string[] {
  const bySize = Object.entries(event.contexts)
    .map(([name, value]) => ({ name, size: jsonBytes(value) }))
    .filter(({ size }) => size > MAX_SMALL)
    .sort((left, right) => right.size - left.size);
  const contexts: Record<string, Json> = { ...event.contexts };
  const names: string[] = [];
  let excessLeft = excess;
  for (const { name, size } of bySize) {
    if (excessLeft <= 0) break;
    contexts[name] = dropped(size);
    excessLeft -= size;
    names.push(`contexts.${name}`);
  }
  event.contexts = contexts;
  return names;
}

export function dropOldestBreadcrumbs(event: EventDraft, excess: number): readonly string[] {
  let first = 0;
  for (let excessLeft = excess; excessLeft > 0 && first < event.breadcrumbs.length; first++) {
    excessLeft -= jsonBytes(event.breadcrumbs[first]) + 1;
  }
  event.breadcrumbs = event.breadcrumbs.slice(first);
  return first > 0 ? ['breadcrumbs'] : [];
}

export function dropAllContexts(event: EventDraft): readonly string[] {
  event.contexts = {};
  return ['contexts'];
}

export function dropUser(event: EventDraft): readonly string[] {
  if (!event.user || jsonBytes(event.user) <= MAX_SMALL) return [];
  event.user = { ...(event.user.id !== undefined && { id: boundedText(event.user.id, MAX_SMALL) }) };
  return ['user'];
}

export function dropTags(event: EventDraft): readonly string[] {
  if (jsonBytes(event.tags) <= MAX_SMALL) return [];
  event.tags = {};
  return ['tags'];
}

export function dropProperties(event: EventDraft): readonly string[] {
  if (!event.exceptions.some(({ properties }) => jsonBytes(properties) > MAX_SMALL)) return [];
  event.exceptions = event.exceptions.map(({ properties: _own, ...exception }) => exception);
  return ['exceptions.properties'];
}

export function dropFromFrames(part: 'variables' | 'context'): EventCut {
  return (event) => {
    if (!event.exceptions.some(({ frames }) => frames.some((frame) => frame[part]))) return [];
    event.exceptions = event.exceptions.map((exception) => ({
      ...exception,
      frames: exception.frames.map(({ [part]: _dropped, ...frame }) => frame),
    }));
    return [`frames.${part}`];
  };
}

/** Keeps the top `most` frames of each exception from index `from` on. */
export function keepFrames(from: number, most: number): EventCut {
  return (event) => {
    const names: string[] = [];
    event.exceptions = event.exceptions.map((exception, index) => {
      if (index < from || exception.frames.length <= most) return exception;
      names.push(`exceptions.${index}.frames`);
      return { ...exception, frames: exception.frames.slice(0, most) };
    });
    return names;
  };
}

export function keepExceptions(most: number): EventCut {
  return (event) => {
    if (event.exceptions.length <= most) return [];
    event.exceptions = event.exceptions.slice(0, most);
    return ['exceptions'];
  };
}

export function cutTexts(most: number): EventCut {
  return (event) => {
    const before = jsonBytes(event);
    const cut = (text: string): string => boundedText(text, most);
    event.exceptions = event.exceptions.map((exception) => cutException(exception, cut));
    event.fingerprint = { ...event.fingerprint, key: cut(event.fingerprint.key) };
    event.culprit = cut(event.culprit);
    if (event.message !== undefined) event.message = cut(event.message);
    if (event.transaction !== undefined) event.transaction = cut(event.transaction);
    if (event.request) event.request = cutRequest(event.request, cut);
    return jsonBytes(event) < before ? ['texts'] : [];
  };
}

function cutException(exception: ExceptionInfo, cut: (text: string) => string): ExceptionInfo {
  return {
    ...exception,
    type: cut(exception.type),
    value: cut(exception.value),
    facts: Object.fromEntries(
      Object.entries(exception.facts).map(([key, fact]) => [
        key,
        typeof fact === 'string' ? cut(fact) : fact,
      ]),
    ),
    frames: exception.frames.map((frame) => ({
      ...frame,
      file: cut(frame.file),
      ...(frame.function !== undefined && { function: cut(frame.function) }),
    })),
  };
}

function cutRequest(request: RequestInfo, cut: (text: string) => string): RequestInfo {
  return {
    ...request,
    url: cut(request.url),
    ...(request.route !== undefined && { route: cut(request.route) }),
    ...(request.ip !== undefined && { ip: cut(request.ip) }),
  };
}

function dropped(size: number): string {
  return `[dropped, ${size} bytes]`;
}
