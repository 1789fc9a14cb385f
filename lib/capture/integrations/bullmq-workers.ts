import 'reflect-metadata';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import type { Intake } from '../../intake/intake.js';
import { Scope } from '../../scope/scope.js';
import { jobFacts, PROCESSOR } from './bullmq.js';
import { unhandled } from '../../intake/failure.js';

/** The part of a BullMQ worker that is used. */
interface WorkerLike {
  on(event: 'failed', listener: (job: unknown, error: unknown) => void): unknown;
}

/** A job that stalls fails without its processor throwing anything: the process that ran it is gone, or hangs. */
const STALLED = /stalled more than/;

/** Listens to the workers of all processors for jobs that failed without having thrown. */
export function watchWorkers(intake: Intake, wrappers: readonly InstanceWrapper[]): void {
  for (const { instance } of wrappers) {
    const worker = workerOf(instance);
    worker?.on('failed', (job, error) => {
      if (!(error instanceof Error) || !STALLED.test(error.message)) return;
      // A job that is gone from Redis as well is not handed over.
      const { transaction, contexts } = jobFacts(job, 0);
      const scope = new Scope('queue');
      scope.setContext('job', contexts['job']);
      intake.report(unhandled(error, 'queue', scope, { transaction }));
    });
  }
}

function workerOf(instance: unknown): WorkerLike | undefined {
  if (typeof instance !== 'object' || instance === null) return undefined;
  if (!Reflect.hasMetadata(PROCESSOR, instance.constructor)) return undefined;
  try {
    // The getter throws while there is no worker.
    const { worker } = instance as { worker?: Partial<WorkerLike> };
    return typeof worker?.on === 'function' ? (worker as WorkerLike) : undefined;
  } catch {
    return undefined;
  }
}
