import { Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { adminControllers, mountAt } from '../../lib/admin/controllers/mounting.js';
import { Permission, type AdminAction } from '../../lib/admin/access/permission.js';
import { DeliveryWorker } from '../../lib/delivery/delivery-worker.js';
import { DeliveryHealth, type DeliveryHealthSnapshot } from '../../lib/upkeep/delivery-health.js';
import type { ErrorTrackerOptions } from '../../lib/options/error-tracker-options.js';
import { IssueService } from '../../lib/issue.service.js';
import { RESOLVED_OPTIONS } from '../../lib/options/resolved-options.js';
import { EventStore } from '../../lib/storage/event-store.js';
import { optionsWith } from './events.js';
import { http, type HttpAnswer, type HttpCall } from './http.js';
import { InMemoryEventStore } from './in-memory-event.store.js';

export interface DashboardOptions {
  readonly platform?: 'Express' | 'Fastify';
  readonly allows?: (request: unknown, action: AdminAction) => unknown;
  readonly admin?: ErrorTrackerOptions['admin'];
  readonly health?: Partial<DeliveryHealthSnapshot>;
  /** Runs before the application starts to listen. */
  readonly prepare?: (app: INestApplication) => void;
}

export interface Dashboard {
  readonly url: string;
  readonly store: InMemoryEventStore;
  /** Requests a path of the application. */
  call(path: string, call?: HttpCall): Promise<HttpAnswer>;
  close(): Promise<void>;
}

export const HEALTHY: DeliveryHealthSnapshot = {
  status: 'ok',
  capturedEvents: 3,
  storedEvents: 3,
  queuedEvents: 0,
  dropped: {},
  droppedDetails: {},
  leftOut: {},
  storeAvailable: true,
  storeSlow: false,
  lastFlushAt: 1_790_000_000_000,
  lastFlushMs: 2,
  channelFailures: {},
  alertsGivenUp: 0,
  internalErrors: 0,
  queuedBytes: 0,
};

/**
 * The dashboard's controllers in an application of their own, over a store that holds plain data.
 */
export async function startDashboard(options: DashboardOptions = {}): Promise<Dashboard> {
  const { platform = 'Express', allows = () => true, admin = {}, health, prepare } = options;
  const store = new InMemoryEventStore();
  const controllers = adminControllers();
  const resolved = optionsWith({ admin: { title: 'Teapot Shop', ...admin } });

  @Module({
    controllers,
    providers: [
      IssueService,
      { provide: EventStore, useValue: store },
      { provide: DeliveryWorker, useValue: {} },
      { provide: Permission, useValue: { allows } },
      { provide: RESOLVED_OPTIONS, useValue: resolved },
      { provide: DeliveryHealth, useValue: { snapshot: () => ({ ...HEALTHY, ...health }) } },
    ],
  })
  class DashboardModule {}

  mountAt(controllers, resolved.admin.path);
  const adapter = platform === 'Express' ? new ExpressAdapter() : new FastifyAdapter();
  const app = await NestFactory.create(DashboardModule, adapter, {
    logger: false,
    abortOnError: false,
  });
  prepare?.(app);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return { url, store, call: (path, call) => http(url + path, call), close: () => app.close() };
}
