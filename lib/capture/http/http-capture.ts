import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import { STATUS_CODES } from 'node:http';
import { Intake } from '../../intake/intake.js';
import { tell } from '../../errors/tell.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../../options/resolved-options.js';
import { scopeOfRequest } from '../../scope/scope-storage.js';
import { ErrorTrackerFilter } from './error-tracker.filter.js';
import { catchAllFilters } from './application-filters.js';
import { ErrorTrackerInterceptor } from './error-tracker.interceptor.js';
import { openHttpScopes } from './http-scope.js';
import { watchStreams } from './response-streams.js';
import { watchResponses } from './response-end.js';
import { unhandled } from '../../intake/failure.js';

/** Everything that watches HTTP requests. */
@Injectable()
export class HttpDoors implements OnApplicationShutdown {
  private stop: (() => void) | undefined;

  constructor(
    private readonly intake: Intake,
    private readonly adapterHost: HttpAdapterHost,
    private readonly config: ApplicationConfig,
    private readonly modules: ModulesContainer,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    if (!options.capturing) return;
    // Added while instances are still being made: every filter of the application is registered later and asked earlier.
    config.addGlobalFilter(new ErrorTrackerFilter(intake, adapterHost, options.capture.errorIdHeader));
    this.open();
  }

  /** Watches the requests as soon as there is a server: `@nestjs/testing` makes it only after the instances. */
  open(): void {
    const adapter = this.adapterHost.httpAdapter as typeof this.adapterHost.httpAdapter | undefined;
    if (this.stop || !this.options.capturing || !adapter) return;
    openHttpScopes(adapter);
    watchStreams(adapter, (exception, request) => {
      this.streamBroke(exception, request);
    });
    this.stop = watchResponses(adapter, (request, status) => {
      if (this.intake.countsResponse(status)) this.judge(request, status);
    });
  }

  /**
   * Puts the interceptor before the routes, but only where a filter of the application hides exceptions from the tracker's:
   * it would cost every healthy request a fifth of what Nest needs for it, and add frames to every stack.
   */
  watchHidden(): void {
    if (!this.options.capturing) return;
    const hiding = catchAllFilters(this.config, this.controllersOfOthers());
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

  private controllersOfOthers(): readonly unknown[] {
    return [...this.modules.values()]
      .filter((module) => !module.providers.has(HttpDoors))
      .flatMap((module) => [...module.controllers.values()].map(({ metatype }) => metatype));
  }

  /** Catches what the filter did not see: failures hidden by a filter of the application, and those that were returned. */
  private judge(request: object, status: number): void {
    const scope = scopeOfRequest(request);
    if (!scope) return;
    const { doors } = scope;
    if (doors.settled || (!doors.passing && doors.captured)) return;
    const what = `response ${String(status)}`;
    const returned = {
      message: `${what} ${STATUS_CODES[status] ?? ''}`.trim(),
      fingerprint: [what, '{{default}}'],
    };
    this.intake.report(
      unhandled(doors.passing?.exception, 'http', scope, { status, ...(!doors.passing && returned) }),
    );
  }

  private streamBroke(exception: unknown, request: object): void {
    const scope = scopeOfRequest(request);
    // Whatever went out before, the client did not get what it asked for.
    this.intake.report(unhandled(exception, 'http', scope, { status: 500 }));
  }
}
