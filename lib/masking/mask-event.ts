import type { ErrorEvent, EventDraft, SourceContext } from '../event/error-event.js';
import type { Issue } from '../event/issue.js';
import type { ResolvedLimits } from '../options/resolved-options.js';
import { boundEvent } from '../bounds/bound-event.js';
import { cutAtWord } from '../bounds/bounded-text.js';
import { deepFreeze } from '../values/deep-freeze.js';
import { EventMasker } from './event-masker.js';
import { askMasker, MASKING_FAILED } from './mask-tree.js';
import type { Masker } from './masker.js';

/** Most characters of a single text that a masker is shown. */
const MAX_TEXT_LENGTH = 65_536;

/**
 * The event as it may be stored and sent: its data masked, then cut to the limits, deeply frozen. What identifies
 * the event and its frames (id, times, source, severity, lines, columns) is no data and stays. The draft is not
 * changed. Masking a masked event changes nothing, so the exits do it again.
 */
export function maskEvent(draft: EventDraft, masker: Masker, limits: ResolvedLimits): ErrorEvent {
  return deepFreeze(boundEvent(new EventMasker(masker, limits).event(draft), limits.eventBytes));
}

/** Source lines that were read after the event had been masked. */
export function maskSourceContext(
  context: SourceContext,
  masker: Masker,
  limits: ResolvedLimits,
): SourceContext {
  const path = ['exceptions', '0', 'frames', '0', 'context'];
  return deepFreeze(new EventMasker(masker, limits).sourceContext(path, context));
}

/** One free text on its way out, e.g. a line for the log. A masker that fails costs the text. */
export function maskText(masker: Masker, text: string): string {
  const masked = askMasker(masker, [], '', cutAtWord(text, MAX_TEXT_LENGTH));
  return typeof masked === 'string' ? masked : MASKING_FAILED;
}

/** The issue with its texts masked, for an exit: the row may have been written under weaker rules. */
export function maskIssue(issue: Issue, masker: Masker): Issue {
  const mask = (text: string): string => maskText(masker, text);
  return Object.freeze({
    ...issue,
    type: mask(issue.type),
    title: mask(issue.title),
    culprit: mask(issue.culprit),
    groupingKey: mask(issue.groupingKey),
  });
}
