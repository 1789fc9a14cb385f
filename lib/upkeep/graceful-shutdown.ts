import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import { DeliveryWorker } from '../delivery/delivery-worker.js';
import { EventPipeline } from '../intake/event-pipeline.js';

/**
 * Stores and tells what is still waiting when the application closes. Three times, since each stage may still raise
 * errors: the application's mailer closes in the first, requests under way end between the second and the third, data
 * sources close in the third.
 */
@Injectable()
export class GracefulShutdown implements OnModuleDestroy, BeforeApplicationShutdown, OnApplicationShutdown {
  /** What is left of the time that the whole shutdown may wait for the tracker. */
  private leftMs: number;

  constructor(
    private readonly pipeline: EventPipeline,
    private readonly worker: DeliveryWorker,
    @Inject(RESOLVED_OPTIONS) options: ResolvedOptions,
  ) {
    this.leftMs = options.enabled ? options.delivery.shutdownTimeoutMs : 0;
  }

  async onModuleDestroy(): Promise<void> {
    await this.settle();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.settle();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.settle();
    this.pipeline.close();
    await this.worker.stop();
  }

  private async settle(): Promise<void> {
    if (this.pipeline.isClosed) return;
    const startedAt = performance.now();
    const spent = (): number => performance.now() - startedAt;
    await this.worker.flush(this.leftMs, this.pipeline.settled());
    await this.worker.drainAlerts(this.leftMs - spent());
    this.leftMs = Math.max(0, this.leftMs - spent());
  }
}
