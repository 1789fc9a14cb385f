import type { ExceptionInfo, RequestInfo, StackFrame } from '../../event/error-event.js';
import type { Issue } from '../../event/issue.js';
import type { StoredEvent } from '../../storage/event-store.js';
import { relationWords } from './stack.js';
import { utc } from './time.js';

/**
 * The event for a chat, a ticket or a language model. Text from outside stands inside a fence that
 * it cannot close.
 */
export function stackMarkdown(issue: Issue, { event }: StoredEvent): string {
  const facts: readonly (readonly [label: string, value: string | undefined])[] = [
    ['Issue', `#${issue.id}, ${issue.eventCount} events`],
    ['Event', event.id],
    ['At', utc(event.at)],
    ['Where', issue.culprit],
    ['Request', event.request && `${event.request.method} ${placeOf(event.request)}`],
    ['Release', event.release],
    ['Environment', event.environment],
    ['Node.js', event.runtime.node],
  ];
  const lines = facts.flatMap(([label, value]) => (value ? [`${label}: ${value.replace(/\s+/g, ' ')}`] : []));
  const text = [
    ...lines,
    '',
    ...(event.message === undefined ? [] : [event.message, '']),
    ...event.exceptions.map((exception, index) => exceptionText(exception, index, event.exceptions)),
  ].join('\n');
  const fence = '`'.repeat(Math.max(3, 1 + longestRun(text)));
  return `${fence}text\n${text.trimEnd()}\n${fence}\n`;
}

function exceptionText(exception: ExceptionInfo, index: number, all: readonly ExceptionInfo[]): string {
  const relation = relationWords(exception, index, all);
  const head = `${relation ? `${relation}: ` : ''}${exception.type}: ${exception.value}`;
  return [head, ...exception.frames.map(frameText)].join('\n');
}

function frameText(frame: StackFrame): string {
  const place = [frame.file, frame.line, frame.column].filter((part) => part !== undefined).join(':');
  return `    at ${frame.function ?? '<anonymous>'} (${place})`;
}

/** The query is left out: it is request data like the body. */
function placeOf({ route, url }: RequestInfo): string {
  return route ?? url.replace(/[?#].*$/s, '');
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
