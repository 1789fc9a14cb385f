import { NestFactory } from '@nestjs/core';
import type { DynamicModule } from '@nestjs/common';
import { unhandled } from '../../intake/failure.js';
import { Intake } from '../../intake/intake.js';
import { activeTracker } from '../active-trackers.js';

/**
 * Runs the start of an application, usually the `bootstrap` function of `main.ts`. If the start
 * fails, the exception is captured as `fatal`, stored within `delivery.shutdownTimeoutMs`, and
 * thrown on. Give `NestFactory.create` the option `abortOnError: false`: by default Nest ends the
 * process at once.
 *
 * @param tracker `ErrorTrackerModule.forRoot(…)`, for failures before the application has made its
 *   own
 */
export async function trackBootstrap<T>(
  bootstrap: () => T | Promise<T>,
  tracker?: DynamicModule,
): Promise<T> {
  try {
    return await bootstrap();
  } catch (exception) {
    await report(exception, tracker).catch(() => undefined);
    throw exception;
  }
}

async function report(exception: unknown, tracker: DynamicModule | undefined): Promise<void> {
  const running = activeTracker();
  if (running) {
    capture(running.intake, exception);
    await running.flush();
  } else if (tracker) {
    const context = await NestFactory.createApplicationContext(tracker, {
      logger: ['error', 'warn'],
      abortOnError: false,
    });
    capture(context.get(Intake), exception);
    // Closing stores what was captured.
    await context.close();
  }
}

function capture(intake: Intake, exception: unknown): void {
  intake.report(unhandled(exception, 'process', undefined, { severity: 'fatal', transaction: 'bootstrap' }));
}
