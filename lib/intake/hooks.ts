import { boundedCopy } from '../bounds/bounded-copy.js';
import { SEVERITIES, type EventDraft } from '../event/error-event.js';
import type { BeforeCapture, CaptureContext } from '../options/error-tracker-options.js';
import type { ResolvedLimits } from '../options/resolved-options.js';
import { withDeadline } from '../time/deadline.js';
import { after, isThenable, type MaybeLater } from '../values/after.js';
import { isObject } from '../values/type-guards.js';

const HOOK_LIMIT_MS = 500;

/** What a hook may change. Everything else is stated by the tracker alone. */
const EDITABLE = [
  'culprit',
  'message',
  'request',
  'user',
  'tags',
  'contexts',
  'breadcrumbs',
  'severity',
  'transaction',
] as const;

/**
 * Runs the application's `beforeCapture` hooks, each on a copy of what the one before it made. Only
 * a literal `false` drops the event. A hook that fails in any way keeps the draft as it was.
 */
export function runHooks(
  hooks: readonly BeforeCapture[],
  draft: EventDraft,
  context: CaptureContext,
  limits: ResolvedLimits,
): MaybeLater<EventDraft | false> {
  return hooks.reduce<MaybeLater<EventDraft | false>>(
    (before, hook) =>
      after(before, (edited) => (edited === false ? false : runHook(hook, edited, context, limits))),
    draft,
  );
}

function runHook(
  hook: BeforeCapture,
  draft: EventDraft,
  context: CaptureContext,
  limits: ResolvedLimits,
): MaybeLater<EventDraft | false> {
  try {
    const copy = structuredClone(draft);
    const resultOf = (answer: unknown): EventDraft | false =>
      answer === false ? false : withEdits(draft, isObject(answer) ? answer : copy, limits);
    const answer: unknown = hook(copy, context);
    if (!isThenable(answer)) return resultOf(answer);
    return withDeadline(HOOK_LIMIT_MS, () => answer)
      .then(resultOf)
      .catch(() => draft);
  } catch {
    return draft;
  }
}

function withEdits(draft: EventDraft, edited: object, limits: ResolvedLimits): EventDraft {
  const edits = EDITABLE.filter((field) => field in edited).map((field) => [
    field,
    (edited as EventDraft)[field],
  ]);
  const copy = boundedCopy(Object.fromEntries(edits), limits) as unknown as Partial<EventDraft>;
  if (!isWellFormed(copy)) return draft;
  const { severity = draft.severity } = copy;
  return { ...draft, ...copy, severity, ...(severity !== draft.severity && { severityReason: 'hook' }) };
}

function isWellFormed(edits: Partial<EventDraft>): boolean {
  const { culprit, message, transaction, severity, tags, contexts, breadcrumbs } = edits;
  return (
    [culprit, message, transaction].every(
      (text) => text === undefined || text === null || typeof text === 'string',
    ) &&
    (severity === undefined || SEVERITIES.includes(severity)) &&
    [tags, contexts].every(
      (section: unknown) => section === undefined || (isObject(section) && !Array.isArray(section)),
    ) &&
    (breadcrumbs === undefined || Array.isArray(breadcrumbs))
  );
}
