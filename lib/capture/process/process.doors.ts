import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DeliveryWorker } from '../../delivery/delivery.worker.js';
import { ErrorTrackerService } from '../../error-tracker.service.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../../options/resolved-options.js';
import { Scope } from '../../scope/scope.js';
import { watchProcess, type ProcessObserver } from './process-watch.js';

/** Everything that watches the process itself. It observes: what Node does about a failure stays Node's affair. */
@Injectable()
export class ProcessDoors implements ProcessObserver, OnApplicationShutdown {
  private readonly scope = new Scope('process');
  private readonly stop: () => void;

  constructor(
    private readonly tracker: ErrorTrackerService,
    private readonly worker: DeliveryWorker,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    this.stop = options.capturing ? watchProcess(this) : () => undefined;
    const { stackTraceLimit } = options.capture;
    if (options.capturing && stackTraceLimit !== undefined) Error.stackTraceLimit = stackTraceLimit;
  }

  uncaught(exception: unknown, origin: string, isFatal: boolean): void {
    const { uncaughtException, unhandledRejection } = this.options.capture;
    if (!(origin === 'unhandledRejection' ? unhandledRejection : uncaughtException)) return;
    this.scope.setContext('process', { origin });
    this.tracker.report({
      exception,
      site: { source: 'process' },
      scope: this.scope.fork(),
      handled: false,
      severity: isFatal ? 'fatal' : 'error',
      severityReason: 'unhandled',
      transaction: origin,
    });
  }

  warned(warning: Error): void {
    const { maxBreadcrumbs } = this.options.limits;
    const message = `${warning.name}: ${warning.message}`;
    this.scope.addBreadcrumb({ at: Date.now(), type: 'warning', level: 'warning', message }, maxBreadcrumbs);
  }

  exiting(): void {
    this.worker.salvage();
  }

  onApplicationShutdown(): void {
    this.stop();
  }
}
