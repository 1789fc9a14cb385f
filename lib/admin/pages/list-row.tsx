import type { Issue } from '../../event/issue.js';
import type { Links } from './links.js';
import { HandledBadge, RegressionBadge, SourceBadge, StatusBadge, TicketLink } from './badges.js';
import { Bars, barsOf } from './bars.js';
import { LevelMark } from './icons.js';
import { compact, formatCount } from './numbers.js';
import { Ago } from './time.js';

const MAX_TITLE_LENGTH = 240;

interface ListRowProps {
  readonly issue: Issue;
  readonly now: number;
  readonly links: Links;
  readonly hours: ReadonlyMap<number, number> | undefined;
  readonly showStatus: boolean;
  readonly canTriage: boolean;
}

export function ListRow({ issue, now, links, hours, showStatus, canTriage }: ListRowProps) {
  return (
    <tr
      class={`row is-${issue.status}`}
      data-issue={canTriage ? links.to(`api/issues/${issue.id}`) : undefined}
      data-status={issue.status}
    >
      <td class="issue">
        <LevelMark level={issue.level} />
        <div class="what">
          <a class="title" href={links.to(`issues/${issue.id}`)} title={`#${issue.id}`}>
            <strong>{issue.type}</strong> <span>{shortened(issue.title)}</span>
          </a>
          <div class="meta">
            <p class="where">
              <code>{issue.culprit}</code>
            </p>
            <p class="badges">
              {showStatus ? <StatusBadge status={issue.status} /> : null}
              <RegressionBadge issue={issue} />
              {issue.handled ? null : <HandledBadge handled={false} />}
              <SourceBadge source={issue.source} />
              {issue.ticket ? <TicketLink ticket={issue.ticket} /> : null}
            </p>
          </div>
        </div>
      </td>
      <td class="trend">
        {hours ? <Bars bars={barsOf(hours, now, 24)} width={120} height={28} label="Last 24 hours" /> : null}
      </td>
      <td class="number" data-label="Events" title={formatCount(issue.eventCount)}>
        {compact(issue.eventCount)}
      </td>
      <td class="number" data-label="Users" title={formatCount(issue.userCount)}>
        {issue.userCount > 0 ? compact(issue.userCount) : <span class="muted">–</span>}
      </td>
      <td class="seen" data-label="Last seen">
        <Ago at={issue.lastSeen} now={now} />
        <span class="since">
          first <Ago at={issue.firstSeen} now={now} />
        </span>
      </td>
    </tr>
  );
}

/** The row shows two lines at most. More of a long message would only make the page heavy. */
function shortened(title: string): string {
  return title.length > MAX_TITLE_LENGTH ? `${title.slice(0, MAX_TITLE_LENGTH)}…` : title;
}
