import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import { STATUS_CODES } from 'node:http';
import { tell } from '../../errors/tell.js';
import { unhandled } from '../../intake/failure.js';
import { Intake } from '../../intake/intake.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../../options/resolved-options.js';
import { scopeOfRequest } from '../../scope/scope-storage.js';
import { wrappersIn } from '../instance-wrappers.js';
import { catchAllFilters } from './application-filters.js';
import { ErrorTrackerFilter } from './error-tracker.filter.js';
import { ErrorTrackerInterceptor } from './error-tracker.interceptor.js';
import { openRequestScopes } from './request-scope.js';
import { watchResponses } from './response-end.js';
import { watchStreams } from './response-streams.js';

/** Watches HTTP requests. */
@Injectable()
export class HttpCapture implements OnApplicationShutdown {
  private stop: (() => void) | undefined;

  constructor(
    private readonly intake: Intake,
    private readonly adapterHost: HttpAdapterHost,
    private readonly config: ApplicationConfig,
    private readonly modules: ModulesContainer,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    if (!options.capturing) return;
    // Instances are still being made: every filter of the application is registered later and asked
    // earlier.
    config.addGlobalFilter(new ErrorTrackerFilter(intake, adapterHost, options.capture.errorIdHeader));
    this.watchServer();
  }

  /**
   * Watches the requests once there is a server: `@nestjs/testing` makes it only after the
   * instances.
   */
  watchServer(): void {
    const adapter = this.adapterHost.httpAdapter as typeof this.adapterHost.httpAdapter | undefined;
    if (this.stop || !this.options.capturing || !adapter) return;
    openRequestScopes(adapter);
    watchStreams(adapter, (exception, request) => {
      this.reportStream(exception, request);
    });
    this.stop = watchResponses(adapter, (request, status) => {
      if (this.intake.statusQualifies(status)) this.reportResponse(request, status);
    });
  }

  /**
   * Puts the interceptor before the routes, but only if a filter of the application hides
   * exceptions from the tracker's. The interceptor makes every healthy request 20% dearer, and
   * adds frames to every stack.
   */
  watchHiddenExceptions(): void {
    if (!this.options.capturing) return;
    const hiding = catchAllFilters(this.config, this.controllersOfApplication());
    if (hiding.length === 0) return;
    this.config.addGlobalInterceptor(new ErrorTrackerInterceptor());
    tell(
      'warn',
      `${hiding.join(', ')} takes every exception. Those it answers with 5xx are captured when the response is sent; the ones of guards and middleware lack their stack, unless @TrackException() stands on its catch().`,
    );
  }

  onApplicationShutdown(): void {
    this.stop?.();
  }

  /** Without those of the tracker, which are in the same module as this class. */
  private controllersOfApplication(): readonly unknown[] {
    return [...wrappersIn(this.modules, 'controllers')]
      .filter(({ host }) => !host?.providers.has(HttpCapture))
      .map(({ metatype }) => metatype);
  }

  /**
   * Reports what the filter did not see: failures hidden by a filter of the application, and 5xx
   * that were returned.
   */
  private reportResponse(request: object, status: number): void {
    const scope = scopeOfRequest(request);
    if (!scope) return;
    const { filterAsked, passing, captured } = scope.reporting;
    if (filterAsked || (!passing && captured)) return;
    const what = `response ${String(status)}`;
    const returned = {
      message: `${what} ${STATUS_CODES[status] ?? ''}`.trim(),
      fingerprint: [what, '{{default}}'],
    };
    this.intake.report(unhandled(passing?.exception, 'http', scope, { status, ...(!passing && returned) }));
  }

  /** Whatever status went out before, the client did not get what it asked for. */
  private reportStream(exception: unknown, request: object): void {
    const scope = scopeOfRequest(request);
    this.intake.report(unhandled(exception, 'http', scope, { status: 500 }));
  }
}
