import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { InvalidCursorError } from '../../errors/invalid-cursor.error.js';
import { IssueStateError } from '../../errors/issue-state.error.js';
import { tell } from '../../errors/tell.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../../options/resolved-options.js';
import { linksFrom } from '../pages/links.js';
import { pathOf, wantsHtml } from '../request.js';
import { html, json, send, type FinishedResponse } from './response.js';

interface Failure {
  readonly status: number;
  readonly message: string;
}

/**
 * Answers what goes wrong inside the dashboard. Neither the host's filters nor the tracker's own
 * get to see it.
 */
@Catch()
export abstract class AdminFilter implements ExceptionFilter {
  /** How many segments of the route lie below the mount point. */
  protected abstract readonly depth: number;

  constructor(
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  async catch(exception: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const failure = failureOf(exception);
    try {
      send(this.adapterHost, http.getResponse(), await this.responseTo(http.getRequest(), failure));
    } catch {
      // Nest ignores the promise of a filter: without this a client that left meanwhile would end
      // the process.
      tell('error', 'The dashboard could not send the answer to a failed request.');
    }
  }

  private async responseTo(request: unknown, { status, message }: Failure): Promise<FinishedResponse> {
    if (!wantsHtml(request)) return json({ statusCode: status, message }, status);
    if (status === 403) return html(({ forbiddenPage }) => forbiddenPage(message), status);
    const shell = { options: this.options, links: linksFrom(pathOf(request), this.depth) };
    return html(({ errorPage }) => errorPage({ shell, status, message }), status);
  }
}

/** What the client is told of an exception, and the log of one that nobody expected. */
function failureOf(exception: unknown): Failure {
  if (exception instanceof HttpException) {
    return { status: exception.getStatus(), message: exception.message };
  }
  if (exception instanceof IssueStateError) return { status: 409, message: exception.message };
  if (exception instanceof InvalidCursorError) return { status: 400, message: exception.message };
  // Only the type is logged: a message may carry data.
  const type = exception instanceof Error ? exception.constructor.name : typeof exception;
  tell('error', `The dashboard could not answer a request (${type}).`);
  return { status: 500, message: 'This page could not be made.' };
}
