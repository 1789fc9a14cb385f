import { Controller, Inject, Optional, Req, Res } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Issue } from '../../event/issue.js';
import { IssueService } from '../../issue.service.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../../options/resolved-options.js';
import type { StoredEvent } from '../../storage/event-store.js';
import { DAY_MS } from '../../time/durations.js';
import { DeliveryHealth } from '../../upkeep/delivery-health.js';
import { isAllowed } from '../access/ask-permission.js';
import { Permission } from '../access/permission.js';
import type { Links } from '../pages/links.js';
import type { ListQuery } from '../pages/list-query.js';
import type { ShellContext } from '../pages/shell.js';
import { RouteLinks, View } from './admin-route.js';
import { askStore, orNotFound } from './ask-store.js';
import { issueQuery, readListQuery } from './read-query.js';
import { eventIdOf, issueIdOf, queryOf } from '../request.js';
import { html, redirect, send, type FinishedResponse } from './response.js';

const EVENT_ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
/** Entries of an issue's history that its page shows. */
const SHOWN_ACTIVITY = 20;

/** The HTML pages. */
@Controller()
export class ErrorTrackerPagesController {
  constructor(
    @Inject(IssueService) private readonly issues: IssueService,
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
    @Inject(DeliveryHealth) private readonly delivery: DeliveryHealth,
    @Optional() @Inject(Permission) private readonly permission?: Permission,
  ) {}

  @View()
  async list(@Req() request: unknown, @Res() response: unknown, @RouteLinks() links: Links): Promise<void> {
    const query = readListQuery(queryOf(request), { status: 'open', limit: this.options.admin.pageSize });
    const event = await this.searchedEvent(query);
    const answer = event ? redirect(addressOf(event, links), 302) : await this.listOf(request, links, query);
    send(this.adapterHost, response, answer);
  }

  @View('issues/:id')
  async issue(@Req() request: unknown, @Res() response: unknown, @RouteLinks() links: Links): Promise<void> {
    const id = issueIdOf(request);
    const [issue, events] = await askStore(() =>
      Promise.all([this.issues.get(id), this.issues.events(id, 1)]),
    );
    const page = await this.issueOf(request, links, orNotFound(issue, 'issue'), events.items[0]);
    send(this.adapterHost, response, page);
  }

  @View('issues/:id/events/:eventId')
  async event(@Req() request: unknown, @Res() response: unknown, @RouteLinks() links: Links): Promise<void> {
    const id = issueIdOf(request);
    const eventId = eventIdOf(request, 'eventId');
    const [issue, stored] = await askStore(() =>
      Promise.all([this.issues.get(id), this.issues.event(eventId)]),
    );
    // An event is shown as part of its own issue only.
    const own = stored?.issueId === id ? stored : undefined;
    const page = await this.issueOf(request, links, orNotFound(issue, 'issue'), orNotFound(own, 'event'));
    send(this.adapterHost, response, page);
  }

  @View('events/:eventId')
  async findEvent(
    @Req() request: unknown,
    @Res() response: unknown,
    @RouteLinks() links: Links,
  ): Promise<void> {
    const id = eventIdOf(request, 'eventId');
    const stored = orNotFound(await askStore(() => this.issues.event(id)), 'event');
    send(this.adapterHost, response, redirect(addressOf(stored, links), 302));
  }

  /** The search box also takes the id of an event: the id that a user was shown and quotes. */
  private async searchedEvent({ search }: ListQuery): Promise<StoredEvent | undefined> {
    return EVENT_ID.test(search) ? askStore(() => this.issues.event(search.toLowerCase())) : undefined;
  }

  private async listOf(request: unknown, links: Links, query: ListQuery): Promise<FinishedResponse> {
    const now = Date.now();
    const [{ items, nextCursor }, counts] = await askStore(() =>
      Promise.all([this.issues.find(issueQuery(query)), this.issues.counts(query.search || undefined)]),
    );
    const ids = items.map(({ id }) => id);
    const [hours, canTriage] = await Promise.all([
      this.hours(ids, now - DAY_MS),
      isAllowed(this.permission, request, 'triage'),
    ]);
    const shell = this.shell(links);
    return html(({ listPage }) =>
      listPage({ shell, now, query, counts, items, nextCursor, hours, canTriage }),
    );
  }

  private async issueOf(
    request: unknown,
    links: Links,
    issue: Issue,
    stored: StoredEvent | undefined,
  ): Promise<FinishedResponse> {
    const now = Date.now();
    const [[neighbours, activity], hours, canTriage, canDelete] = await Promise.all([
      askStore(() =>
        Promise.all([
          stored ? this.issues.neighbours(issue.id, stored.seq) : {},
          this.issues.activity(issue.id, SHOWN_ACTIVITY),
        ]),
      ),
      this.hours([issue.id], now - 30 * DAY_MS),
      isAllowed(this.permission, request, 'triage'),
      isAllowed(this.permission, request, 'delete'),
    ]);
    const shell = this.shell(links);
    const own = hours.get(issue.id);
    return html(({ issuePage }) =>
      issuePage({ shell, now, issue, stored, neighbours, activity, hours: own, canTriage, canDelete }),
    );
  }

  /**
   * Events per hour, by issue. Charts are an ornament: a page does not fail because the store
   * cannot tell them.
   */
  private hours(
    ids: readonly number[],
    since: number,
  ): Promise<ReadonlyMap<number, ReadonlyMap<number, number>>> {
    return askStore(() => this.issues.hoursOf(ids, since)).catch(() => new Map());
  }

  private shell(links: Links): ShellContext {
    return { options: this.options, links, health: this.delivery.snapshot() };
  }
}

function addressOf({ issueId, event }: StoredEvent, links: Links): string {
  return links.to(`issues/${issueId}/events/${event.id}`);
}
