import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DeliveryWorker } from '../../delivery/delivery-worker.js';
import { unhandled } from '../../intake/failure.js';
import { Intake } from '../../intake/intake.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../../options/resolved-options.js';
import { Scope } from '../../scope/scope.js';
import { watchProcess, type ProcessObserver } from './process-watch.js';

/** Watches the process itself. It observes only: what Node does about a failure is not changed. */
@Injectable()
export class ProcessCapture implements ProcessObserver, OnApplicationShutdown {
  private readonly scope = new Scope('process');
  private readonly stop: () => void;

  constructor(
    private readonly intake: Intake,
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
    this.intake.report(
      unhandled(exception, 'process', this.scope.fork(), {
        severity: isFatal ? 'fatal' : 'error',
        transaction: origin,
      }),
    );
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
