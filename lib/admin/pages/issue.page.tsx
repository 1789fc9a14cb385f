import type { VNode } from 'preact';
import { HandledBadge, RegressionBadge, SourceBadge, StatusBadge } from './badges.js';
import { EventNav } from './event-nav.js';
import { EventSections } from './event-sections.js';
import { LevelMark } from './icons.js';
import { IssueActions } from './issue-actions.js';
import { IssueRail } from './issue-rail.js';
import type { IssuePageProps } from './issue-page-props.js';
import { Shell } from './shell.js';

export function issuePage(props: IssuePageProps): VNode {
  return <IssuePage {...props} />;
}

function IssuePage(props: IssuePageProps) {
  const { shell, issue, stored } = props;
  return (
    <Shell shell={shell} title={`${issue.type}: ${issue.title}`.slice(0, 120)} name="issue">
      <nav class="trail" aria-label="Breadcrumb">
        <a href={shell.links.home} data-list="">
          Issues
        </a>
        <span aria-hidden="true">/</span>
        <span>#{issue.id}</span>
      </nav>
      <header class="head">
        <div class="what">
          <h1>
            <LevelMark level={issue.level} />
            {issue.type}
          </h1>
          <p class="message">{issue.title}</p>
          <p class="where">
            <code>{issue.culprit}</code>
          </p>
          <p class="badges">
            <StatusBadge status={issue.status} />
            <RegressionBadge issue={issue} />
            <HandledBadge handled={issue.handled} />
            <SourceBadge source={issue.source} />
          </p>
        </div>
        <IssueActions {...props} />
      </header>
      <div class="columns">
        <div class="content">
          {stored ? (
            <>
              <EventNav {...props} stored={stored} />
              <EventSections stored={stored} />
            </>
          ) : (
            <div class="blank">
              <h2>No event of this issue is kept</h2>
              <p class="muted">
                Its events were older than the application keeps them. The counts still hold.
              </p>
            </div>
          )}
        </div>
        <IssueRail {...props} />
      </div>
    </Shell>
  );
}
