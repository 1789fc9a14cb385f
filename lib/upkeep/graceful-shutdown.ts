import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';
import { AlertDispatcher } from '../alerting/alert-dispatcher.js';
import { DeliveryWorker } from '../delivery/delivery-worker.js';
import { EventPipeline } from '../intake/event-pipeline.js';
import { Intake } from '../intake/intake.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';

/**
 * Stores and delivers what still waits when the application closes. It does so in all three stages
 * of Nest, since each may raise further errors. The application's mailer closes in the first stage,
 * requests under way end between the second and the third, and data sources close in the third.
 */
@Injectable()
export class GracefulShutdown implements OnModuleDestroy, BeforeApplicationShutdown, OnApplicationShutdown {
  /** What is left of the time that the whole shutdown may wait for the tracker. */
  private leftMs: number;

  constructor(
    private readonly intake: Intake,
    private readonly pipeline: EventPipeline,
    private readonly worker: DeliveryWorker,
    private readonly dispatcher: AlertDispatcher,
    @Inject(RESOLVED_OPTIONS) options: ResolvedOptions,
  ) {
    this.leftMs = options.enabled ? options.delivery.shutdownTimeoutMs : 0;
  }

  async onModuleDestroy(): Promise<void> {
    await this.deliverAll();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.deliverAll();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.deliverAll();
    this.intake.close();
    this.dispatcher.stop();
    await this.worker.stop();
  }

  private async deliverAll(): Promise<void> {
    if (this.intake.isClosed) return;
    const startedAt = performance.now();
    const spent = (): number => performance.now() - startedAt;
    await this.worker.flush(this.leftMs, this.pipeline.idle());
    const leftForAlerts = this.leftMs - spent();
    if (leftForAlerts > 0) await this.dispatcher.deliverDue(leftForAlerts);
    this.leftMs = Math.max(0, this.leftMs - spent());
  }
}
