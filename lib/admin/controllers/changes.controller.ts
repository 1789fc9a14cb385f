import { Controller, Inject, Req, Res } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Issue } from '../../event/issue.js';
import { IssueService } from '../../issue.service.js';
import type { Links } from '../pages/links.js';
import { Change, RouteLinks } from './admin-route.js';
import { askStore, orNotFound } from './ask-store.js';
import { issueJson, MAX_ACTIVITY } from './json.js';
import { issueIdOf, wantsHtml } from '../request.js';
import { json, redirect, send } from './response.js';

/** The routes that change something. Forms are sent back to the page, clients get JSON. */
@Controller()
export class ErrorTrackerChangesController {
  constructor(
    @Inject(IssueService) private readonly issues: IssueService,
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
  ) {}

  @Change('POST', 'api/issues/:id/resolve', 'triage')
  resolve(@Req() request: unknown, @Res() response: unknown, @RouteLinks() links: Links): Promise<void> {
    return this.change(request, response, links, (id) => this.issues.resolve(id));
  }

  @Change('POST', 'api/issues/:id/reopen', 'triage')
  reopen(@Req() request: unknown, @Res() response: unknown, @RouteLinks() links: Links): Promise<void> {
    return this.change(request, response, links, (id) => this.issues.reopen(id));
  }

  @Change('POST', 'api/issues/:id/mute', 'triage')
  mute(@Req() request: unknown, @Res() response: unknown, @RouteLinks() links: Links): Promise<void> {
    return this.change(request, response, links, (id) => this.issues.mute(id));
  }

  @Change('POST', 'api/issues/:id/unmute', 'triage')
  unmute(@Req() request: unknown, @Res() response: unknown, @RouteLinks() links: Links): Promise<void> {
    return this.change(request, response, links, (id) => this.issues.unmute(id));
  }

  @Change('POST', 'api/issues/:id/delete', 'delete')
  deleteByForm(@Req() request: unknown, @Res() response: unknown, @RouteLinks() links: Links): Promise<void> {
    return this.remove(request, response, links);
  }

  @Change('DELETE', 'api/issues/:id', 'delete')
  delete(@Req() request: unknown, @Res() response: unknown, @RouteLinks() links: Links): Promise<void> {
    return this.remove(request, response, links);
  }

  private async change(
    request: unknown,
    response: unknown,
    links: Links,
    step: (id: number) => Promise<Issue | undefined>,
  ): Promise<void> {
    const id = issueIdOf(request);
    const issue = orNotFound(await askStore(() => step(id)), 'issue');
    if (wantsHtml(request)) {
      return send(this.adapterHost, response, redirect(links.to(`issues/${id}`), 303));
    }
    const activity = await askStore(() => this.issues.activity(id, MAX_ACTIVITY));
    send(this.adapterHost, response, json(issueJson(issue, activity)));
  }

  private async remove(request: unknown, response: unknown, links: Links): Promise<void> {
    const id = issueIdOf(request);
    const deleted = await askStore(() => this.issues.delete(id));
    // If somebody else already deleted it, the form has what it wanted.
    if (wantsHtml(request)) return send(this.adapterHost, response, redirect(links.home, 303));
    orNotFound(deleted || undefined, 'issue');
    send(this.adapterHost, response, json({ id, deleted: true }));
  }
}
