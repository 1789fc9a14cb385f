import { Controller, Inject, Optional, Req, Res, type Type } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Issue } from '../../event/issue.js';
import { IssueService } from '../../issue.service.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../../options/resolved-options.js';
import type { StoredEvent } from '../../storage/event-store.js';
import { View } from './admin-route.js';
import { paramOf, pathOf, queryOf } from './admin-request.js';
import { admits } from '../access/ask-permission.js';
import { page, redirect, send, type Answer } from './response.js';
import { existing, fromStore } from './ask-store.js';
import { HealthSource } from './health-source.js';
import { linksFrom } from '../pages/links.js';
import { eventId, issueId, issueQuery, listQuery, type ListQuery } from './list-query.js';
import type { ShellContext } from '../pages/shell.js';
import { Permission } from '../access/permission.js';
import { DAY_MS } from '../../time/durations.js';

/** The HTML pages. Made anew for every registration, as its path is written into the class. */
export function pagesController(): Type {
  @Controller()
  class ErrorTrackerPagesController {
    constructor(
      @Inject(IssueService) private readonly issues: IssueService,
      @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
      @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
      @Optional() @Inject(Permission) private readonly permission?: Permission,
      @Optional() @Inject(HealthSource) private readonly health?: HealthSource,
    ) {}

    @View()
    async list(@Req() request: unknown, @Res() response: unknown): Promise<void> {
      const { admin } = this.options;
      const query = listQuery(queryOf(request), { status: 'open', limit: admin.pageSize });
      this.send(response, (await this.jumpToEvent(request, query)) ?? (await this.listOf(request, query)));
    }

    @View('issues/:id')
    async issue(@Req() request: unknown, @Res() response: unknown): Promise<void> {
      const id = issueId(paramOf(request, 'id'));
      const [issue, events] = await fromStore(() =>
        Promise.all([this.issues.get(id), this.issues.events(id, 1)]),
      );
      this.send(response, await this.issueOf(request, 2, existing(issue, 'issue'), events.items[0]));
    }

    @View('issues/:id/events/:eventId')
    async event(@Req() request: unknown, @Res() response: unknown): Promise<void> {
      const id = issueId(paramOf(request, 'id'));
      const wanted = eventId(paramOf(request, 'eventId'));
      const [issue, stored] = await fromStore(() =>
        Promise.all([this.issues.get(id), this.issues.event(wanted)]),
      );
      // An event is shown as part of its own issue only.
      const own = stored?.issueId === id ? stored : undefined;
      this.send(response, await this.issueOf(request, 4, existing(issue, 'issue'), existing(own, 'event')));
    }

    @View('events/:eventId')
    async findEvent(@Req() request: unknown, @Res() response: unknown): Promise<void> {
      const wanted = eventId(paramOf(request, 'eventId'));
      const { issueId: id, event } = existing(await fromStore(() => this.issues.event(wanted)), 'event');
      const links = linksFrom(pathOf(request), 2);
      this.send(response, redirect(links.to(`issues/${id}/events/${event.id}`), 302));
    }

    /** The id a user quoted finds its event through the search box, too. */
    private async jumpToEvent(request: unknown, { search }: ListQuery): Promise<Answer | undefined> {
      if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(search)) return undefined;
      const stored = await fromStore(() => this.issues.event(search.toLowerCase()));
      if (!stored) return undefined;
      const links = linksFrom(pathOf(request), 0);
      return redirect(links.to(`issues/${stored.issueId}/events/${stored.event.id}`), 302);
    }

    private async listOf(request: unknown, query: ListQuery): Promise<Answer> {
      const now = Date.now();
      const [{ items, nextCursor }, counts] = await fromStore(() =>
        Promise.all([this.issues.find(issueQuery(query)), this.issues.counts(query.search || undefined)]),
      );
      const [hours, canTriage] = await Promise.all([
        this.hours(
          items.map(({ id }) => id),
          now - DAY_MS,
        ),
        admits(this.permission, request, 'triage'),
      ]);
      const shell = this.shell(request, 0);
      return page(({ listPage }) =>
        listPage({ shell, now, query, counts, items, nextCursor, hours, canTriage }),
      );
    }

    private async issueOf(
      request: unknown,
      depth: number,
      issue: Issue,
      stored: StoredEvent | undefined,
    ): Promise<Answer> {
      const now = Date.now();
      const [[neighbours, activity], hours, canTriage, canDelete] = await Promise.all([
        fromStore(() =>
          Promise.all([
            stored ? this.issues.neighbours(issue.id, stored.seq) : {},
            this.issues.activity(issue.id, 20),
          ]),
        ),
        this.hours([issue.id], now - 30 * DAY_MS),
        admits(this.permission, request, 'triage'),
        admits(this.permission, request, 'delete'),
      ]);
      const shell = this.shell(request, depth);
      const own = hours.get(issue.id);
      return page(({ issuePage }) =>
        issuePage({ shell, now, issue, stored, neighbours, activity, hours: own, canTriage, canDelete }),
      );
    }

    /** A chart is an ornament: a store that cannot tell the hours does not cost the page. */
    private hours(
      ids: readonly number[],
      since: number,
    ): Promise<ReadonlyMap<number, ReadonlyMap<number, number>>> {
      return fromStore(() => this.issues.hoursOf(ids, since)).catch(() => new Map());
    }

    private shell(request: unknown, depth: number): ShellContext {
      return {
        options: this.options,
        links: linksFrom(pathOf(request), depth),
        health: this.health?.snapshot(),
      };
    }

    private send(response: unknown, answer: Answer): void {
      send(this.adapterHost, response, answer);
    }
  }
  return ErrorTrackerPagesController;
}
