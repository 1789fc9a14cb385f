import {
  Catch,
  HttpException,
  Inject,
  type ArgumentsHost,
  type ExceptionFilter,
  type Type,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { InvalidCursorError } from '../../errors/invalid-cursor.error.js';
import { IssueStateError } from '../../errors/issue-state.error.js';
import { tell } from '../../errors/tell.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../../options/resolved-options.js';
import { pathOf, wantsHtml } from './admin-request.js';
import { json, page, send, type Answer } from './response.js';
import { linksFrom } from '../pages/links.js';

/** Answers what goes wrong inside the dashboard, so that neither the host's filters nor the tracker's own see it. */
@Catch()
abstract class AdminFilter implements ExceptionFilter {
  /** Segments of the route below the mount point; a filter is not told which route it serves. */
  protected abstract readonly depth: number;

  constructor(
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  async catch(exception: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const { status, message } = this.told(exception);
    try {
      const answer = await this.answer(http.getRequest(), status, message);
      send(this.adapterHost, http.getResponse(), answer);
    } catch {
      // Nest does not look at how a filter ends: a client that left meanwhile must not end the process.
      tell('error', 'The dashboard could not send the answer to a failed request.');
    }
  }

  private told(exception: unknown): { readonly status: number; readonly message: string } {
    if (exception instanceof HttpException)
      return { status: exception.getStatus(), message: exception.message };
    if (exception instanceof IssueStateError) return { status: 409, message: exception.message };
    if (exception instanceof InvalidCursorError) return { status: 400, message: exception.message };
    // The type alone: a message may carry data.
    const type = exception instanceof Error ? exception.constructor.name : typeof exception;
    tell('error', `The dashboard could not answer a request (${type}).`);
    return { status: 500, message: 'This page could not be made.' };
  }

  private async answer(request: unknown, status: number, message: string): Promise<Answer> {
    if (!wantsHtml(request)) return json({ statusCode: status, message }, status);
    if (status === 403) return page(({ forbiddenPage }) => forbiddenPage(message), status);
    const links = linksFrom(pathOf(request), this.depth);
    const shell = { options: this.options, links };
    return page(({ errorPage }) => errorPage({ shell, status, message }), status);
  }
}

/** The filter for a route `depth` segments below the mount point. */
export function adminFilter(depth: number): Type<ExceptionFilter> {
  class AdminFilterAtDepth extends AdminFilter {
    protected override readonly depth = depth;
  }
  return AdminFilterAtDepth;
}
