import { Controller, Inject, Req, Res } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Issue } from '../../event/issue.js';
import { IssueService } from '../../issue.service.js';
import { DeliveryHealth } from '../../upkeep/delivery-health.js';
import { View } from './admin-route.js';
import { askStore, orNotFound } from './ask-store.js';
import { eventJson, healthJson, issueJson, MAX_ACTIVITY } from './json.js';
import { issueQuery, readListQuery, readMoment, readPageQuery } from './read-query.js';
import { eventIdOf, issueIdOf, queryOf } from '../request.js';
import { json, send } from './response.js';

const DEFAULT_LIMIT = 25;
/** New issues are counted up to here; nobody acts on the exact number of a flood. */
const MAX_NEW = 50;

/** The JSON API, as far as it reads. */
@Controller()
export class ErrorTrackerApiController {
  constructor(
    @Inject(IssueService) private readonly issues: IssueService,
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
    @Inject(DeliveryHealth) private readonly delivery: DeliveryHealth,
  ) {}

  @View('api/issues')
  async list(@Req() request: unknown, @Res() response: unknown): Promise<void> {
    const query = readListQuery(queryOf(request), { status: 'all', limit: DEFAULT_LIMIT });
    const { items, nextCursor } = await askStore(() => this.issues.find(issueQuery(query)));
    this.send(response, {
      items: await Promise.all(items.map((issue) => this.withActivity(issue))),
      nextCursor: nextCursor ?? null,
    });
  }

  @View('api/issues/:id')
  async issue(@Req() request: unknown, @Res() response: unknown): Promise<void> {
    const id = issueIdOf(request);
    const issue = await askStore(() => this.issues.get(id));
    this.send(response, await this.withActivity(orNotFound(issue, 'issue')));
  }

  @View('api/issues/:id/events')
  async events(@Req() request: unknown, @Res() response: unknown): Promise<void> {
    const id = issueIdOf(request);
    const { limit, cursor } = readPageQuery(queryOf(request), DEFAULT_LIMIT);
    const [issue, { items, nextCursor }] = await askStore(() =>
      Promise.all([this.issues.get(id), this.issues.events(id, limit, cursor)]),
    );
    orNotFound(issue, 'issue');
    this.send(response, { items: items.map(eventJson), nextCursor: nextCursor ?? null });
  }

  @View('api/events/:id')
  async event(@Req() request: unknown, @Res() response: unknown): Promise<void> {
    const id = eventIdOf(request, 'id');
    const stored = await askStore(() => this.issues.event(id));
    this.send(response, eventJson(orNotFound(stored, 'event')));
  }

  /**
   * Counts the issues by status. With `since` it also counts those of the list that were first seen
   * after it.
   */
  @View('api/stats')
  async stats(@Req() request: unknown, @Res() response: unknown): Promise<void> {
    const query = readListQuery(queryOf(request), { status: 'all', limit: MAX_NEW });
    const since = readMoment(queryOf(request), 'since');
    const newest = { ...issueQuery(query), sort: 'firstSeen', cursor: undefined, limit: MAX_NEW } as const;
    const [counts, page] = await askStore(() =>
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
  health(@Res() response: unknown): void {
    this.send(response, healthJson(this.delivery.snapshot()));
  }

  private async withActivity(issue: Issue): Promise<object> {
    return issueJson(issue, await askStore(() => this.issues.activity(issue.id, MAX_ACTIVITY)));
  }

  private send(response: unknown, data: object): void {
    send(this.adapterHost, response, json(data));
  }
}
