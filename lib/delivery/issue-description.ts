import type { ErrorEvent } from '../event/error-event.js';
import type { IssueDelta } from '../storage/event-store.js';

const MAX_TITLE_LENGTH = 300;

/** How an issue presents itself; taken from its newest event. */
export type IssueDescription = Pick<
  IssueDelta,
  'fingerprint' | 'type' | 'title' | 'culprit' | 'level' | 'handled' | 'source' | 'release' | 'quiet'
>;

export function describeIssue(event: ErrorEvent): IssueDescription {
  return {
    fingerprint: event.fingerprint,
    type: issueType(event.exceptions),
    title: firstLine(titleOf(event)),
    culprit: event.culprit,
    level: event.severity,
    handled: event.handled,
    source: event.source,
    ...(event.release !== undefined && { release: event.release }),
    ...(event.quiet && { quiet: true }),
  };
}

/** Type shown for an issue; `Message` if there is no exception. */
export function issueType([outermost]: ErrorEvent['exceptions']): string {
  return outermost?.type ?? 'Message';
}

/**
 * Validators put their findings into the message as JSON, or leave them out; `fetch` names the
 * problem only in its cause.
 */
function titleOf({ exceptions: [thrown, cause], message }: ErrorEvent): string {
  if (thrown?.value === 'fetch failed' && cause?.relation === 'cause') return `fetch failed: ${cause.value}`;
  if (thrown?.facts['invalid'] !== undefined) return `invalid: ${thrown.facts['invalid']}`;
  return thrown?.value ?? message ?? '';
}

function firstLine(text: string): string {
  const line = text.trimStart().split('\n', 1)[0] ?? '';
  return line.length > MAX_TITLE_LENGTH ? `${line.slice(0, MAX_TITLE_LENGTH - 1)}…` : line;
}
