import { boundEvent } from '../bounds/bound-event.js';
import { boundedCopy } from '../bounds/bounded-copy.js';
import { boundedText, cutAtWord, hardCap } from '../bounds/bounded-text.js';
import { createBudget } from '../bounds/copy-budget.js';
import type { CopyBudget } from '../bounds/copy-budget.js';
import type {
  Breadcrumb,
  ErrorEvent,
  EventDraft,
  ExceptionInfo,
  Json,
  RequestInfo,
  SourceContext,
  StackFrame,
} from '../event/error-event.js';
import type { ResolvedLimits } from '../options/resolved-options.js';
import { deepFreeze } from '../values/deep-freeze.js';
import { isList, isRecord } from '../values/type-guards.js';
import { framePath, LATER_SOURCE_PATH, sourcePath, variablesPath } from './event-path.js';
import { maskFreeText, maskRecord, maskTree, MASKING_FAILED } from './mask-tree.js';
import type { Masking } from './mask-tree.js';
import type { Masker } from './masker.js';

/** Longest text of what names things: methods, types of breadcrumbs. */
const MAX_NAME_LENGTH = 100;

/**
 * The event as it may be stored and sent: its data masked, then cut to the limits, deeply frozen.
 * What identifies the event and its frames (id, times, source, severity, lines, columns) is no data
 * and stays. The draft is not changed. Masking a masked event changes nothing, so alerts mask it
 * again before they are sent.
 *
 * Takes any draft, well-formed or not, and never throws for its data.
 */
export function maskEvent(draft: EventDraft, masker: Masker, limits: ResolvedLimits): ErrorEvent {
  const masked = maskedDraft({ masker, limits, budget: createBudget(limits) }, draft);
  return deepFreeze(boundEvent(masked, limits.eventBytes));
}

/** Masks source lines that were read after the event had been masked. */
export function maskSourceContext(
  context: SourceContext,
  masker: Masker,
  limits: ResolvedLimits,
): SourceContext {
  return deepFreeze(maskedLines({ masker, limits }, LATER_SOURCE_PATH, context));
}

/** The masking of one event. Its parts share what may be copied of it. */
interface EventMasking extends Masking {
  readonly budget: CopyBudget;
}

function maskedDraft(masking: EventMasking, draft: EventDraft): EventDraft {
  const { message, transaction, request, user, release, truncated } = draft;
  return {
    id: draft.id,
    at: draft.at,
    source: draft.source,
    handled: draft.handled,
    severity: draft.severity,
    severityReason: draft.severityReason,
    ...(draft.category && { category: draft.category }),
    ...(draft.quiet && { quiet: true }),
    fingerprint: {
      ...draft.fingerprint,
      key: maskedText(masking, ['fingerprint', 'key'], draft.fingerprint.key),
    },
    culprit: maskedText(masking, ['culprit'], draft.culprit),
    exceptions: recordsOf<ExceptionInfo>(draft.exceptions).map((entry, index) =>
      maskedException(masking, entry, String(index)),
    ),
    ...(isPresent(message) && { message: maskedText(masking, ['message'], message) }),
    ...(isPresent(transaction) && { transaction: maskedText(masking, ['transaction'], transaction) }),
    ...(isRecord(request) && { request: maskedRequest(masking, request) }),
    ...(isRecord(user) && { user: maskedRecord(masking, ['user'], user) }),
    tags: maskedTags(masking, draft.tags),
    contexts: isRecord(draft.contexts) ? maskedRecord(masking, ['contexts'], draft.contexts) : {},
    breadcrumbs: recordsOf<Breadcrumb>(draft.breadcrumbs).map((entry, index) =>
      maskedBreadcrumb(masking, entry, String(index)),
    ),
    ...(isPresent(release) && { release }),
    environment: draft.environment,
    runtime: { ...draft.runtime },
    ...(isPresent(truncated) && { truncated: [...listOf(truncated)] }),
  };
}

function maskedException(masking: EventMasking, exception: ExceptionInfo, index: string): ExceptionInfo {
  const path = ['exceptions', index];
  const { properties, relation, parent } = exception;
  return {
    type: maskedText(masking, [...path, 'type'], exception.type),
    value: maskedText(masking, [...path, 'value'], exception.value),
    facts: maskedFacts(masking, [...path, 'facts'], exception.facts),
    ...(isRecord(properties) && {
      properties: maskedRecord(masking, [...path, 'properties'], properties),
    }),
    frames: recordsOf<StackFrame>(exception.frames).map((frame, at) =>
      maskedFrame(masking, framePath(index, String(at)), frame),
    ),
    ...(isPresent(relation) && { relation }),
    ...(isPresent(parent) && { parent }),
  };
}

function maskedFacts(
  masking: EventMasking,
  path: readonly string[],
  facts: ExceptionInfo['facts'],
): ExceptionInfo['facts'] {
  const result: Record<string, string | number> = {};
  if (!isRecord(facts)) return result;
  for (const [name, fact] of Object.entries(maskedRecord(masking, path, facts))) {
    result[name] = typeof fact === 'number' ? fact : textOf(fact);
  }
  return result;
}

function maskedFrame(masking: EventMasking, path: readonly string[], frame: StackFrame): StackFrame {
  const { file, line, column, inApp, context, variables } = frame;
  return {
    file: maskedText(masking, path, file),
    ...(isPresent(line) && { line }),
    ...(isPresent(column) && { column }),
    ...(isPresent(frame.function) && { function: maskedText(masking, path, frame.function) }),
    inApp,
    ...(isRecord(context) && { context: maskedLines(masking, sourcePath(path), context) }),
    ...(isRecord(variables) && { variables: maskedRecord(masking, variablesPath(path), variables) }),
  };
}

function maskedLines(masking: Masking, path: readonly string[], context: SourceContext): SourceContext {
  const mask = (line: string): string => maskedText(masking, path, line);
  return {
    before: listOf<string>(context.before).map(mask),
    line: mask(context.line),
    after: listOf<string>(context.after).map(mask),
  };
}

function maskedRequest(masking: EventMasking, request: RequestInfo): RequestInfo {
  const { method, ...data } = request;
  const { url, route, ip, ...parts } = maskedRecord(masking, ['request'], data);
  return {
    method: boundedText(textOf(method), MAX_NAME_LENGTH),
    url: textOf(url ?? ''),
    ...(isPresent(route) && { route: textOf(route) }),
    ...parts,
    ...(isPresent(ip) && { ip: textOf(ip) }),
  };
}

function maskedTags(masking: EventMasking, tags: unknown): Readonly<Record<string, string>> {
  if (!isRecord(tags)) return {};
  const masked = maskedRecord(masking, ['tags'], tags);
  return Object.fromEntries(Object.entries(masked).map(([name, value]) => [name, textOf(value)]));
}

function maskedBreadcrumb(masking: EventMasking, breadcrumb: Breadcrumb, index: string): Breadcrumb {
  const path = ['breadcrumbs', index];
  const { at, type, message, level, data } = breadcrumb;
  return {
    at,
    type: boundedText(textOf(type), MAX_NAME_LENGTH),
    message: maskedText(masking, [...path, 'message'], message),
    level,
    ...(isPresent(data) && { data: maskTree(masking, path, 'data', boundedPart(masking, data)) }),
  };
}

function maskedRecord(masking: EventMasking, path: readonly string[], record: object): Record<string, Json> {
  // The record itself is a part of the event and does not count as nesting of the value.
  const copy = boundedPart(masking, record, 1);
  return isRecord(copy) ? maskRecord(masking, path, copy as Readonly<Record<string, Json>>) : {};
}

function boundedPart({ limits, budget }: EventMasking, value: unknown, levels = 0): Json {
  return boundedCopy(value, { ...limits, depth: limits.depth + levels }, budget);
}

function maskedText(masking: Masking, path: readonly string[], text: unknown): string {
  if (typeof text !== 'string') return MASKING_FAILED;
  return maskFreeText(masking, path, cutAtWord(text, hardCap(masking.limits)));
}

function isPresent<T>(value: T): value is NonNullable<T> {
  return value !== undefined && value !== null;
}

/** The list, or an empty one if the draft is malformed. */
function listOf<T>(value: readonly T[]): readonly T[] {
  return isList(value) ? value : [];
}

/** The entries that are records. A list that was cut ends with a note. */
function recordsOf<T>(value: readonly T[]): readonly T[] {
  return listOf(value).filter(isRecord);
}

/** The masker may have replaced a text by a value. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
