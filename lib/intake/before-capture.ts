import { SEVERITIES, type EventDraft } from '../event/error-event.js';
import { boundedCopy } from '../bounds/bounded-copy.js';
import type { BeforeCapture, CaptureContext } from '../options/error-tracker-options.js';
import type { ResolvedLimits } from '../options/resolved-options.js';
import { withDeadline } from '../time/deadline.js';
import { isThenable } from '../values/after.js';

const HOOK_LIMIT_MS = 500;

/** What a hook may change; the rest is the tracker's word and is kept. */
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

type Edited = EventDraft | false | Promise<EventDraft | false>;

/**
 * Runs the application's hooks, each on a copy of what the one before it made. Only a literal `false` drops the event; a
 * hook that fails in any way keeps the draft as it was (Bugsnag's `before_notify`).
 */
export function runHooks(
  hooks: readonly BeforeCapture[],
  draft: EventDraft,
  context: CaptureContext,
  limits: ResolvedLimits,
): Edited {
  return hooks.reduce<Edited>((before, hook) => {
    if (isThenable(before)) {
      return before.then((late) => (late === false ? late : runHook(hook, late, context, limits)));
    }
    return before === false ? before : runHook(hook, before, context, limits);
  }, draft);
}

function runHook(
  hook: BeforeCapture,
  draft: EventDraft,
  context: CaptureContext,
  limits: ResolvedLimits,
): Edited {
  try {
    const copy = structuredClone(draft);
    const settle = (answer: unknown): EventDraft | false =>
      answer === false
        ? false
        : withEdits(draft, typeof answer === 'object' && answer !== null ? answer : copy, limits);
    const answer: unknown = hook(copy, context);
    if (!isThenable(answer)) return settle(answer);
    return withDeadline(HOOK_LIMIT_MS, () => answer)
      .then(settle)
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
      (section: unknown) =>
        section === undefined || (typeof section === 'object' && section !== null && !Array.isArray(section)),
    ) &&
    (breadcrumbs === undefined || Array.isArray(breadcrumbs))
  );
}
