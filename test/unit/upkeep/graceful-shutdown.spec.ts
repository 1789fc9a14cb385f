import type { AlertDispatcher } from '../../../lib/alerting/alert-dispatcher.js';
import type { DeliveryWorker } from '../../../lib/delivery/delivery-worker.js';
import type { EventPipeline } from '../../../lib/intake/event-pipeline.js';
import type { Intake } from '../../../lib/intake/intake.js';
import type { ErrorTrackerOptions } from '../../../lib/options/error-tracker-options.js';
import { GracefulShutdown } from '../../../lib/upkeep/graceful-shutdown.js';
import { optionsWith } from '../../support/events.js';

describe('GracefulShutdown', () => {
  let done: string[];
  let limits: number[];
  /** Milliseconds that a flush takes. */
  let flushMs: number;

  const shutdownWith = (options: ErrorTrackerOptions = {}): GracefulShutdown => {
    done = [];
    limits = [];
    const intake = { isClosed: false, close: () => void done.push('close') };
    const note = (what: string) => () => void done.push(what);
    const worker = {
      async flush(ms: number, arriving: Promise<void>) {
        await arriving;
        done.push('flush');
        limits.push(ms);
        await new Promise((resolve) => setTimeout(resolve, flushMs));
      },
      stop: note('stop worker'),
    };
    return new GracefulShutdown(
      Object.assign(intake, {
        close() {
          intake.isClosed = true;
          done.push('close');
        },
      }) as unknown as Intake,
      { idle: async () => void done.push('idle') } as unknown as EventPipeline,
      worker as unknown as DeliveryWorker,
      {
        deliverDue: async () => void done.push('deliverDue'),
        stop: note('stop alerts'),
      } as unknown as AlertDispatcher,
      optionsWith(options),
    );
  };

  beforeEach(() => {
    flushMs = 0;
  });

  it.each(['onModuleDestroy', 'beforeApplicationShutdown', 'onApplicationShutdown'] as const)(
    'stores and delivers what waits in %s',
    async (stage) => {
      await shutdownWith()[stage]();
      expect(done.slice(0, 3)).toEqual(['idle', 'flush', 'deliverDue']);
    },
  );

  it('takes nothing in after the last stage, and ends alerts and delivery after that', async () => {
    const shutdown = shutdownWith();
    await shutdown.onApplicationShutdown();
    expect(done.slice(3)).toEqual(['close', 'stop alerts', 'stop worker']);
    done = [];
    await shutdown.onModuleDestroy();
    expect(done).toEqual([]);
  });

  it('takes all stages together no longer than the application allows', async () => {
    flushMs = 60;
    const shutdown = shutdownWith({ delivery: { shutdownTimeoutMs: 100 } });
    await shutdown.onModuleDestroy();
    await shutdown.beforeApplicationShutdown();
    await shutdown.onApplicationShutdown();
    const [first = 0, second = 0, third = 0] = limits;
    expect(first).toBe(100);
    expect(second).toBeLessThanOrEqual(41);
    expect(third).toBe(0);
    // Without time left, no alert is begun.
    expect(done.filter((what) => what === 'deliverDue')).toHaveLength(1);
  });

  it('has no time where the tracker is switched off', async () => {
    await shutdownWith({ enabled: false }).onModuleDestroy();
    expect(limits).toEqual([0]);
  });
});
