import type { EventNeighbours, StoredEvent } from '../../storage/event-store.js';
import { Glyph, type IconName } from './icons.js';
import type { IssuePageProps } from './issue-page-props.js';
import { formatCount } from './numbers.js';
import { stackMarkdown } from './stack-markdown.js';
import { Ago, utc } from './time.js';

type EventNavProps = Pick<IssuePageProps, 'shell' | 'issue' | 'neighbours' | 'now'> & {
  readonly stored: StoredEvent;
};

const STEPS: readonly (readonly [keyof EventNeighbours, string, IconName])[] = [
  ['first', 'Oldest event', 'first'],
  ['previous', 'Older event', 'previous'],
  ['next', 'Newer event', 'next'],
  ['last', 'Newest event', 'last'],
];

/** Says which event is shown, and leads to the others. */
export function EventNav({ shell, issue, neighbours, stored, now }: EventNavProps) {
  const { event, seq } = stored;
  return (
    <section class="event" aria-label="Event">
      <div class="which">
        <p>
          <strong>Event {formatCount(seq)}</strong> <Ago at={event.at} now={now} />
          <span class="muted exact">{utc(event.at)}</span>
        </p>
        <p class="id">
          <code data-copy-text="id">{event.id}</code>
          <button type="button" class="quiet" data-copy="id" hidden title="Copy the event's id">
            <Glyph name="copy" size={14} />
            <span class="hidden">Copy the event's id</span>
          </button>
        </p>
      </div>
      <button type="button" class="button small" data-copy="markdown" hidden>
        <Glyph name="copy" size={14} /> Copy as Markdown
      </button>
      <textarea data-copy-text="markdown" hidden readOnly aria-label="The event as Markdown">
        {stackMarkdown(issue, stored)}
      </textarea>
      <nav class="steps" aria-label="Events of this issue">
        {STEPS.map(([key, label, icon]) => {
          const id = neighbours[key];
          // At an end, both ways out lead to the event that is already shown.
          return id && id !== event.id ? (
            <a
              key={key}
              href={shell.links.to(`issues/${issue.id}/events/${id}`)}
              title={label}
              aria-label={label}
              data-step={key}
            >
              <Glyph name={icon} />
            </a>
          ) : (
            <span key={key} aria-disabled="true" title={`${label}: this is it`}>
              <Glyph name={icon} />
            </span>
          );
        })}
      </nav>
    </section>
  );
}
