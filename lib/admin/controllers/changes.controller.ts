import { Controller, Inject, Req, Res, type Type } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Issue } from '../../event/issue.js';
import { IssueService } from '../../issue.service.js';
import { Change } from './admin-route.js';
import { paramOf, pathOf, wantsHtml } from './admin-request.js';
import { json, redirect, send } from './response.js';
import { existing, fromStore } from './ask-store.js';
import { issueJson } from './json.js';
import { linksFrom } from '../pages/links.js';
import { issueId } from './list-query.js';

const ACTIVITY_LIMIT = 50;

/** The changing half of the API: forms are sent back to the page, clients get JSON. */
export function changesController(): Type {
  @Controller()
  class ErrorTrackerChangesController {
    constructor(
      @Inject(IssueService) private readonly issues: IssueService,
      @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
    ) {}

    @Change('POST', 'api/issues/:id/resolve', 'triage')
    resolve(@Req() request: unknown, @Res() response: unknown): Promise<void> {
      return this.change(request, response, (id) => this.issues.resolve(id));
    }

    @Change('POST', 'api/issues/:id/reopen', 'triage')
    reopen(@Req() request: unknown, @Res() response: unknown): Promise<void> {
      return this.change(request, response, (id) => this.issues.reopen(id));
    }

    @Change('POST', 'api/issues/:id/mute', 'triage')
    mute(@Req() request: unknown, @Res() response: unknown): Promise<void> {
      return this.change(request, response, (id) => this.issues.mute(id));
    }

    @Change('POST', 'api/issues/:id/unmute', 'triage')
    unmute(@Req() request: unknown, @Res() response: unknown): Promise<void> {
      return this.change(request, response, (id) => this.issues.unmute(id));
    }

    @Change('POST', 'api/issues/:id/delete', 'delete')
    deleteByForm(@Req() request: unknown, @Res() response: unknown): Promise<void> {
      return this.remove(request, response, 4);
    }

    @Change('DELETE', 'api/issues/:id', 'delete')
    delete(@Req() request: unknown, @Res() response: unknown): Promise<void> {
      return this.remove(request, response, 3);
    }

    private async change(
      request: unknown,
      response: unknown,
      step: (id: number) => Promise<Issue | undefined>,
    ): Promise<void> {
      const id = issueId(paramOf(request, 'id'));
      const issue = existing(await fromStore(() => step(id)), 'issue');
      if (wantsHtml(request)) {
        const links = linksFrom(pathOf(request), 4);
        return send(this.adapterHost, response, redirect(links.to(`issues/${id}`), 303));
      }
      const activity = await fromStore(() => this.issues.activity(id, ACTIVITY_LIMIT));
      send(this.adapterHost, response, json(issueJson(issue, activity)));
    }

    private async remove(request: unknown, response: unknown, depth: number): Promise<void> {
      const id = issueId(paramOf(request, 'id'));
      const deleted = await fromStore(() => this.issues.delete(id));
      // Somebody else was faster: what the form wanted is done.
      if (wantsHtml(request)) {
        return send(this.adapterHost, response, redirect(linksFrom(pathOf(request), depth).home, 303));
      }
      existing(deleted || undefined, 'issue');
      send(this.adapterHost, response, json({ id, deleted: true }));
    }
  }
  return ErrorTrackerChangesController;
}
