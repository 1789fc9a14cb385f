import { Catch, HttpException, type ArgumentsHost } from '@nestjs/common';
import { BaseExceptionFilter, type HttpAdapterHost } from '@nestjs/core';
import type { Intake } from '../../intake/intake.js';
import { scopeOfRequest } from '../../scope/scope-storage.js';
import { filteredGlobally } from '../integrations/pattern-watcher.js';
import { reportFrom } from '../integrations/report-from.js';
import type { Transport } from '../integrations/transport-facts.js';
import { unhandled } from '../../intake/failure.js';

/**
 * The filter that Nest asks last. It captures what no filter of the application took, and answers exactly as Nest
 * would have done without it.
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
    const transport = host.getType<'http' | Transport>();
    if (transport === 'http') {
      this.captureHttp(exception, host);
      super.catch(exception, host);
    } else {
      if (transport === 'rpc') filteredGlobally(exception);
      // Returning nothing lets Nest's own handler make the transport's usual reply.
      reportFrom(this.intake, exception, host, transport);
    }
  }

  private captureHttp(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const scope = scopeOfRequest(http.getRequest());
    const again = scope?.doors.settled;
    if (scope) scope.doors.settled = true;
    // Fastify asks a second time, about the headers, when a handler failed after it had written them itself.
    if (again && this.adapterHost.httpAdapter.isHeadersSent(http.getResponse())) return;
    const id = this.intake.report(unhandled(exception, 'http', scope, { status: this.statusOf(exception) }));
    if (id !== undefined) this.sendId(http.getResponse(), id);
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
