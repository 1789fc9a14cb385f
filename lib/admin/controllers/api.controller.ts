import { Controller, Inject, Optional, Req, Res, type Type } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Issue } from '../../event/issue.js';
import { IssueService } from '../../issue.service.js';
import { View } from './admin-route.js';
import { paramOf, queryOf } from './admin-request.js';
import { json, send } from './response.js';
import { existing, fromStore } from './ask-store.js';
import { HealthSource } from './health-source.js';
import { eventJson, healthJson, issueJson } from './json.js';
import { eventId, issueId, issueQuery, listQuery, momentOf, pageQuery } from './list-query.js';

const DEFAULT_LIMIT = 25;
const ACTIVITY_LIMIT = 50;
/** New issues are counted up to here; nobody acts on the exact number of a flood. */
const MAX_NEW = 50;

/** The reading half of the JSON API. Made anew for every registration, as its path is written into the class. */
export function apiController(): Type {
  @Controller()
  class ErrorTrackerApiController {
    constructor(
      @Inject(IssueService) private readonly issues: IssueService,
      @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
      @Optional() @Inject(HealthSource) private readonly health?: HealthSource,
    ) {}

    @View('api/issues')
    async list(@Req() request: unknown, @Res() response: unknown): Promise<void> {
      const query = listQuery(queryOf(request), { status: 'all', limit: DEFAULT_LIMIT });
      const { items, nextCursor } = await fromStore(() => this.issues.find(issueQuery(query)));
      this.send(response, {
        items: await Promise.all(items.map((issue) => this.shapeOf(issue))),
        nextCursor: nextCursor ?? null,
      });
    }

    @View('api/issues/:id')
    async issue(@Req() request: unknown, @Res() response: unknown): Promise<void> {
      const id = issueId(paramOf(request, 'id'));
      const issue = await fromStore(() => this.issues.get(id));
      this.send(response, await this.shapeOf(existing(issue, 'issue')));
    }

    @View('api/issues/:id/events')
    async events(@Req() request: unknown, @Res() response: unknown): Promise<void> {
      const id = issueId(paramOf(request, 'id'));
      const { limit, cursor } = pageQuery(queryOf(request), DEFAULT_LIMIT);
      const [issue, { items, nextCursor }] = await fromStore(() =>
        Promise.all([this.issues.get(id), this.issues.events(id, limit, cursor)]),
      );
      existing(issue, 'issue');
      this.send(response, { items: items.map(eventJson), nextCursor: nextCursor ?? null });
    }

    @View('api/events/:id')
    async event(@Req() request: unknown, @Res() response: unknown): Promise<void> {
      const id = eventId(paramOf(request, 'id'));
      const stored = await fromStore(() => this.issues.event(id));
      this.send(response, eventJson(existing(stored, 'event')));
    }

    /** Issues by status; with `since`, also how many issues of the same list were first seen after it. */
    @View('api/stats')
    async stats(@Req() request: unknown, @Res() response: unknown): Promise<void> {
      const query = listQuery(queryOf(request), { status: 'all', limit: MAX_NEW });
      const since = momentOf(queryOf(request), 'since');
      const newest = { ...issueQuery(query), sort: 'firstSeen', cursor: undefined, limit: MAX_NEW } as const;
      const [counts, page] = await fromStore(() =>
        Promise.all([
          this.issues.counts(query.search || undefined),
          since === undefined ? { items: [] } : this.issues.find(newest),
        ]),
      );
      const { open, resolved, muted } = counts;
      const isNew = (issue: Issue) => since !== undefined && issue.firstSeen > since;
      this.send(response, {
        counts: { open, resolved, muted, all: open + resolved + muted },
        newIssues: page.items.filter(isNew).length,
      });
    }

    @View('api/health')
    tellHealth(@Req() _request: unknown, @Res() response: unknown): void {
      this.send(response, healthJson(this.health?.snapshot() ?? {}));
    }

    private async shapeOf(issue: Issue): Promise<object> {
      return issueJson(issue, await fromStore(() => this.issues.activity(issue.id, ACTIVITY_LIMIT)));
    }

    private send(response: unknown, data: object): void {
      send(this.adapterHost, response, json(data));
    }
  }
  return ErrorTrackerApiController;
}
