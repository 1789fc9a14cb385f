import type { VNode } from 'preact';
import type { Issue, IssueStatus } from '../../event/issue.js';
import { isoTime } from '../../time/utc.js';
import { EmptyList } from './empty-list.js';
import { Glyph } from './icons.js';
import { listHref, type ListQuery, type StatusTab } from './list-query.js';
import { ListRow } from './list-row.js';
import { compact, formatCount } from './numbers.js';
import { Shell, type ShellContext } from './shell.js';

export interface ListPageProps {
  readonly shell: ShellContext;
  readonly now: number;
  readonly query: ListQuery;
  readonly counts: Readonly<Record<IssueStatus, number>>;
  readonly items: readonly Issue[];
  readonly nextCursor: string | undefined;
  /**
   * Events per hour of the last day by issue; an issue is missing where the store could not tell.
   */
  readonly hours: ReadonlyMap<number, ReadonlyMap<number, number>>;
  readonly canTriage: boolean;
}

export function listPage(props: ListPageProps): VNode {
  return <ListPage {...props} />;
}

const TABS: readonly (readonly [StatusTab, string])[] = [
  ['open', 'Open'],
  ['resolved', 'Resolved'],
  ['muted', 'Muted'],
  ['all', 'All'],
];

function ListPage(props: ListPageProps) {
  const { shell, query, counts, items, now } = props;
  const tab = TABS.find(([status]) => status === query.status)?.[1] ?? 'All';
  return (
    <Shell shell={shell} title={`${tab} issues`} name="list">
      <h1 class="hidden">Issues</h1>
      <div
        class="toolbar"
        data-stats={shell.links.to('api/stats')}
        data-since={isoTime(now)}
        data-status={query.status}
        data-search={query.search}
      >
        <Tabs query={query} counts={counts} />
        <Search query={query} />
        <a class="pill" href={listHref(query, { sort: 'firstSeen', cursor: undefined })} data-new="" hidden>
          New issues
        </a>
      </div>
      {items.length === 0 ? (
        <EmptyList query={query} total={counts.open + counts.resolved + counts.muted} />
      ) : (
        <IssueTable {...props} />
      )}
      <Paging {...props} />
    </Shell>
  );
}

function Tabs({ query, counts }: Pick<ListPageProps, 'query' | 'counts'>) {
  const all = counts.open + counts.resolved + counts.muted;
  return (
    <nav class="tabs" aria-label="Status">
      {TABS.map(([status, label]) => {
        const count = status === 'all' ? all : counts[status];
        return (
          <a
            key={status}
            href={listHref(query, { status, cursor: undefined })}
            aria-current={status === query.status ? 'page' : undefined}
          >
            {label}
            <span class="count" title={formatCount(count)}>
              {compact(count)}
            </span>
          </a>
        );
      })}
    </nav>
  );
}

const SORT_WORDS = { lastSeen: 'Last seen', firstSeen: 'First seen', eventCount: 'Events' } as const;

function Search({ query }: Pick<ListPageProps, 'query'>) {
  return (
    <form class="search" method="get" role="search">
      <input type="hidden" name="status" value={query.status} />
      <label class="field">
        <span class="hidden">Search type, message, place, or an error id</span>
        <Glyph name="search" />
        <input
          type="search"
          name="search"
          value={query.search}
          placeholder="Type, message, place or error id"
          maxLength={200}
          autocomplete="off"
          spellcheck={false}
        />
      </label>
      <label class="sort">
        <span>Sort by</span>
        <select name="sort" data-submit="">
          {Object.entries(SORT_WORDS).map(([value, label]) => (
            <option key={value} value={value} selected={value === query.sort}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <button class="button" data-apply="">
        Apply
      </button>
    </form>
  );
}

function IssueTable({ items, now, query, shell, hours, canTriage }: ListPageProps) {
  return (
    <table class="issues">
      <caption class="hidden">Issues, {SORT_WORDS[query.sort].toLowerCase()} first</caption>
      <thead>
        <tr>
          <th scope="col">Issue</th>
          <th scope="col" class="trend">
            Last 24 h
          </th>
          <th scope="col" class="number">
            Events
          </th>
          <th scope="col" class="number">
            Users
          </th>
          <th scope="col" class="seen">
            Last seen
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((issue) => (
          <ListRow
            key={issue.id}
            issue={issue}
            now={now}
            links={shell.links}
            hours={hours.get(issue.id)}
            showStatus={query.status === 'all'}
            canTriage={canTriage}
          />
        ))}
      </tbody>
    </table>
  );
}

function Paging({ query, nextCursor }: ListPageProps) {
  if (!nextCursor && !query.cursor) return null;
  return (
    <nav class="paging" aria-label="Pages">
      {query.cursor ? (
        <a class="button" href={listHref(query, { cursor: undefined })}>
          <Glyph name="first" /> First page
        </a>
      ) : null}
      <span class="spring" />
      {nextCursor ? (
        <a class="button" rel="next" href={listHref(query, { cursor: nextCursor })}>
          Next page <Glyph name="next" />
        </a>
      ) : (
        <span class="muted">The end of the list</span>
      )}
    </nav>
  );
}
