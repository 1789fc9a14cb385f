import { Catch, HttpException, type ArgumentsHost } from '@nestjs/common';
import { BaseExceptionFilter, type HttpAdapterHost } from '@nestjs/core';
import type { Source } from '../event/error-event.js';
import type { ErrorTrackerService } from '../error-tracker.service.js';
import { currentScope, scopeOfRequest } from '../scope/scope-storage.js';

/**
 * The filter that Nest asks last. It captures what no filter of the application took, and answers exactly as Nest
 * would have done without it.
 */
@Catch()
export class ErrorTrackerFilter extends BaseExceptionFilter {
  constructor(
    private readonly tracker: ErrorTrackerService,
    private readonly adapterHost: HttpAdapterHost,
    private readonly errorIdHeader: string | false,
  ) {
    super();
    // Nest injects it only into filters that its DI builds.
    Object.assign(this, { httpAdapterHost: adapterHost });
  }

  override catch(exception: unknown, host: ArgumentsHost): void {
    const transport = host.getType<'http' | 'rpc' | 'ws' | 'graphql'>();
    if (transport === 'http') {
      this.captureHttp(exception, host);
      super.catch(exception, host);
    } else if (this.tracker.selector.countsThrown(exception)) {
      // Returning nothing lets Nest's own handler make the transport's usual reply.
      this.report(exception, transport, undefined);
    }
  }

  private captureHttp(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<unknown>();
    const scope = scopeOfRequest(request);
    if (scope) scope.doors.settled = true;
    if (!this.tracker.selector.countsResponse(this.statusOf(exception))) return;
    const id = this.report(exception, 'http', request);
    if (id !== undefined) this.sendId(http.getResponse(), id);
  }

  private report(exception: unknown, source: Source, request: unknown): string | undefined {
    const scope = scopeOfRequest(request) ?? currentScope();
    return this.tracker.report({
      exception,
      site: {
        source,
        request: scope?.request ?? request,
        handlerClass: scope?.handlerClass,
        handlerName: scope?.handlerName,
      },
      scope,
      handled: false,
      severity: 'error',
    });
  }

  /** The status that `BaseExceptionFilter` is about to send. */
  private statusOf(exception: unknown): number {
    if (exception instanceof HttpException) return exception.getStatus();
    try {
      return this.isHttpError(exception) ? exception.statusCode : 500;
    } catch {
      return 500;
    }
  }

  private sendId(response: unknown, id: string): void {
    const adapter = this.adapterHost.httpAdapter;
    if (this.errorIdHeader === false || adapter.isHeadersSent(response)) return;
    try {
      adapter.setHeader(response, this.errorIdHeader, id);
    } catch {
      // A raw response of a Fastify middleware has no such method: the answer matters more than the header.
    }
  }
}
