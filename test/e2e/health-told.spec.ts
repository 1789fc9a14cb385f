import { Controller, Get, Injectable } from '@nestjs/common';
import { HealthCheckService, TerminusModule } from '@nestjs/terminus';
import { Registry } from 'prom-client';
import type { Batch } from '../../lib/index.js';
import { exposeMetrics } from '../../lib/prometheus.js';
import { ErrorTrackerHealthIndicator } from '../../lib/terminus.js';
import { MemoryEventStore } from '../../lib/testing.js';
import { startApp, type TestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/http.js';

let isDown = false;

@Injectable()
class UnsteadyStore extends MemoryEventStore {
  override async save(batch: Batch, alertsFor: Parameters<MemoryEventStore['save']>[1]) {
    if (isDown) throw new Error('connect ECONNREFUSED');
    return super.save(batch, alertsFor);
  }
}

@Controller()
class ShopController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicator: ErrorTrackerHealthIndicator,
  ) {}

  @Get('health')
  check() {
    return this.health.check([() => this.indicator.isHealthy()]);
  }

  @Get('fail')
  fail(): never {
    throw new Error('broken');
  }
}

let app: TestApp;
beforeEach(async () => {
  isDown = false;
  app = await startApp({
    imports: [TerminusModule],
    controllers: [ShopController],
    providers: [ErrorTrackerHealthIndicator],
    tracker: { store: UnsteadyStore, delivery: { flushIntervalMs: 20, retryMaxMs: 50 } },
  });
});
afterEach(() => app.close());

it('tells terminus when the store is away, and when it is back', async () => {
  const check = async (): Promise<{ status: number; body: { details: Record<string, unknown> } }> => {
    const { status, body } = await http(`${app.url}/health`);
    return { status, body: JSON.parse(body) as { details: Record<string, unknown> } };
  };
  expect(await check()).toMatchObject({
    status: 200,
    body: { details: { errorTracker: { status: 'up', storeAvailable: true } } },
  });
  isDown = true;
  await http(`${app.url}/fail`);
  await eventually(async () => {
    expect(await check()).toMatchObject({
      status: 503,
      body: { details: { errorTracker: { status: 'down', storeAvailable: false } } },
    });
  });
  isDown = false;
  await eventually(async () => expect((await check()).status).toBe(200));
});

it('has its figures read by Prometheus', async () => {
  const registry = new Registry();
  exposeMetrics({ health: () => ({ ...app.tracker.health(), capturedEvents: 99 }) }, registry);
  exposeMetrics(app.tracker, registry);
  for (let call = 0; call < 3; call++) await http(`${app.url}/fail`);
  await app.tracker.flush();
  const text = await registry.metrics();
  expect(text).toContain('error_tracker_captured_events_total 3');
  expect(text).toContain('error_tracker_stored_events_total 3');
  expect(text).toContain('error_tracker_queued_events 0');
  expect(text).toContain('error_tracker_store_available 1');
  // Asked twice, nothing is counted twice.
  expect(await registry.metrics()).toContain('error_tracker_captured_events_total 3');
});
