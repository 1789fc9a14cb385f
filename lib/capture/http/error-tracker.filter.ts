import { Catch, HttpException, type ArgumentsHost } from '@nestjs/common';
import { BaseExceptionFilter, type HttpAdapterHost } from '@nestjs/core';
import { unhandled } from '../../intake/failure.js';
import type { Intake } from '../../intake/intake.js';
import { scopeOfHost } from '../../scope/scope-storage.js';
import { reportUnfiltered } from '../integrations/all-integrations.js';

/**
 * The global filter that Nest asks last. It captures what no filter of the application took, and
 * answers exactly as Nest would have done without it.
 */
@Catch()
export class ErrorTrackerFilter extends BaseExceptionFilter {
  constructor(
    private readonly intake: Intake,
    private readonly adapterHost: HttpAdapterHost,
    private readonly errorIdHeader: string | false,
  ) {
    super();
    // Nest injects it only into filters that its DI builds.
    Object.assign(this, { httpAdapterHost: adapterHost });
  }

  override catch(exception: unknown, host: ArgumentsHost): void {
    if (host.getType() === 'http') {
      this.captureHttp(exception, host);
      super.catch(exception, host);
    } else {
      // Returning nothing lets Nest's own handler make the usual reply of the transport.
      reportUnfiltered(this.intake, exception, host);
    }
  }

  private captureHttp(exception: unknown, host: ArgumentsHost): void {
    const response: unknown = host.switchToHttp().getResponse();
    const scope = scopeOfHost(host);
    const again = scope?.reporting.filterAsked;
    if (scope) scope.reporting.filterAsked = true;
    // If a handler fails after it has written the headers itself, Fastify asks a second time, about
    // the headers.
    if (again && this.adapterHost.httpAdapter.isHeadersSent(response)) return;
    const id = this.intake.report(unhandled(exception, 'http', scope, { status: this.statusOf(exception) }));
    if (id !== undefined) this.sendId(response, id);
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
      // The raw response that middleware gets on Fastify has no such method: the answer matters
      // more than the header.
    }
  }
}
