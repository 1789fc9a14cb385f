import type { ComponentChildren } from 'preact';
import type { ErrorEvent } from '../../event/error-event.js';
import type { Activity, ActivityKind } from '../../event/issue.js';
import { Bars, barsOf } from './bars.js';
import { OuterLink } from './badges.js';
import { Glyph } from './icons.js';
import type { IssuePageProps } from './issue-page-props.js';
import { formatCount } from './numbers.js';
import { Ago } from './time.js';

const DAYS = 30;

const CATEGORY_WORDS: Readonly<Record<string, string>> = {
  environment: 'failure of the surroundings',
  security: 'hostile or malformed input',
};

const REASON_WORDS: Readonly<Record<string, string>> = {
  unhandled: 'nobody caught it',
  handled: 'somebody caught it',
  message: 'a message',
  specified: 'as the call said',
  rule: 'as a rule says',
  'log-level': 'from the log',
  hook: 'as a hook said',
};

/** The severity and its reason, which events of older versions lack. */
function severityOf({ severity, severityReason }: ErrorEvent): string {
  const reason = (severityReason as string | undefined) && REASON_WORDS[severityReason];
  return reason ? `${severity}, ${reason}` : severity;
}

type IssueRailProps = Pick<IssuePageProps, 'issue' | 'activity' | 'hours' | 'now' | 'stored'>;

/** What is known of the issue as a whole, in the column beside the event. */
export function IssueRail({ issue, activity, hours, now, stored }: IssueRailProps) {
  return (
    <aside class="rail" aria-label="About this issue">
      <section>
        <h2>Last {DAYS} days</h2>
        {hours ? (
          <Bars
            bars={barsOf(hours, now, DAYS, 24)}
            width={264}
            height={56}
            label={`Last ${DAYS} days`}
            titles
          />
        ) : (
          <p class="muted">The counts are not at hand.</p>
        )}
        <dl class="figures">
          <Figure label="Events">
            {formatCount(issue.eventCount)}
            <small>{formatCount(issue.storedCount)} kept</small>
          </Figure>
          <Figure label="Users">{issue.userCount > 0 ? formatCount(issue.userCount) : '–'}</Figure>
        </dl>
      </section>
      <section>
        <h2>Facts</h2>
        <dl class="lines">
          <Line label="Last seen">
            <Ago at={issue.lastSeen} now={now} />
            <Release name={issue.lastRelease} />
          </Line>
          <Line label="First seen">
            <Ago at={issue.firstSeen} now={now} />
            <Release name={issue.firstRelease} />
          </Line>
          {stored ? <Line label="Environment">{stored.event.environment}</Line> : null}
          {stored ? <Line label="Severity">{severityOf(stored.event)}</Line> : null}
          {stored?.event.category ? (
            <Line label="Category">{CATEGORY_WORDS[stored.event.category] ?? stored.event.category}</Line>
          ) : null}
          <Line label="Ticket">
            {issue.ticket ? (
              <OuterLink url={issue.ticket.url}>
                {issue.ticket.key} <Glyph name="external" size={12} />
              </OuterLink>
            ) : (
              <span class="muted">none</span>
            )}
          </Line>
        </dl>
      </section>
      <section>
        <h2>Why grouped</h2>
        <ul class="why">
          {issue.groupingKey
            .split('\n')
            .filter((line) => line.trim() !== '')
            .map((line, index) => (
              <li key={index}>
                <code>{line}</code>
              </li>
            ))}
        </ul>
        <p class="muted small">
          Fingerprint <code title={issue.fingerprint}>{issue.fingerprint.slice(0, 12)}</code>
        </p>
      </section>
      <ActivityList activity={activity} now={now} />
    </aside>
  );
}

function Figure({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Line({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Release({ name }: { name: string | undefined }) {
  return name ? <span class="release">in {name}</span> : null;
}

const ACTIVITY_WORDS: Readonly<Record<ActivityKind, string>> = {
  first_seen: 'First seen',
  regressed: 'Came back',
  resolved: 'Resolved',
  reopened: 'Reopened',
  muted: 'Muted',
  unmuted: 'Unmuted',
  ticket_created: 'Ticket created',
  alert_sent: 'Alert sent',
  alert_failed: 'Alert failed',
};

function ActivityList({ activity, now }: { activity: readonly Activity[]; now: number }) {
  if (activity.length === 0) return null;
  return (
    <section>
      <h2>Activity</h2>
      <ol class="activity">
        {activity.map((entry, index) => (
          <li key={index} class={`did-${entry.kind}`}>
            <span>
              {ACTIVITY_WORDS[entry.kind] ?? entry.kind}
              {entry.actor ? ` by ${entry.actor}` : ''}
            </span>{' '}
            <Ago at={entry.at} now={now} />
            {entry.detail ? <span class="detail">{entry.detail}</span> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
