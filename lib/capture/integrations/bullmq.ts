import 'reflect-metadata';
import { unhandled } from '../../intake/failure.js';
import { Scope } from '../../scope/scope.js';
import { read } from '../../values/safe-read.js';
import { isError, isObject } from '../../values/type-guards.js';
import { wrappersIn } from '../instance-wrappers.js';
import type { BootingApp, CallFacts, FindWatchedMethod, Integration } from './integration.js';

/** Left on classes by `@Processor()` of `@nestjs/bullmq`. */
const PROCESSOR = 'bullmq:processor_metadata';
/** Left on methods by `@OnWorkerEvent()` and `@OnQueueEvent()`. */
const LISTENERS = ['bullmq:worker_events_metadata', 'bullmq:queue_events_metadata'];

/**
 * What fails in a processor or a listener goes to Redis or to a log, and to nobody in the
 * application.
 */
const watchedMethod: FindWatchedMethod = (type, method, name) => {
  if (LISTENERS.some((key) => Reflect.hasMetadata(key, method))) {
    return {
      source: 'queue',
      failuresGoTo: 'nobody',
      facts: (args) => ({ transaction: `${type.name}.${name}`, contexts: { event: { arguments: args } } }),
    };
  }
  if (name !== 'process' || !Reflect.hasMetadata(PROCESSOR, type)) return undefined;
  return {
    source: 'queue',
    failuresGoTo: 'nobody',
    facts: ([job]) => jobFacts(job, 1),
    counts: ([job], exception, { options }) =>
      options.capture.jobAttempts === 'all' || isLastAttempt(job, exception),
  };
};

/** The part of a BullMQ job that is read. */
interface JobLike {
  readonly id?: unknown;
  readonly name?: unknown;
  readonly queueName?: unknown;
  readonly data?: unknown;
  readonly attemptsMade?: unknown;
  readonly opts?: { readonly attempts?: unknown };
}

/** @param running 1 while the job runs, when its attempt is not counted yet; else 0 */
function jobFacts(given: unknown, running: 0 | 1): CallFacts {
  const job = jobOf(given);
  return {
    transaction: `${String(job.queueName)} ${String(job.name)}`,
    contexts: {
      job: {
        queue: job.queueName,
        name: job.name,
        id: job.id,
        attempt: attemptsMade(job) + running,
        attempts: maxAttempts(job),
        data: job.data,
      },
    },
  };
}

/** A job is given up after its last attempt, or when it says that trying again is of no use. */
function isLastAttempt(given: unknown, exception: unknown): boolean {
  const job = jobOf(given);
  const isUnrecoverable = isObject(exception) && read(exception, 'name') === 'UnrecoverableError';
  return isUnrecoverable || attemptsMade(job) + 1 >= maxAttempts(job);
}

function jobOf(given: unknown): JobLike {
  return isObject(given) ? given : {};
}

function attemptsMade({ attemptsMade: made }: JobLike): number {
  return typeof made === 'number' ? made : 0;
}

function maxAttempts({ opts }: JobLike): number {
  return typeof opts?.attempts === 'number' && opts.attempts > 0 ? opts.attempts : 1;
}

/** The part of a BullMQ worker that is used. */
interface WorkerLike {
  on(event: 'failed', listener: (job: unknown, error: unknown) => void): unknown;
}

/** A job that stalls fails although its processor threw nothing: its process is gone, or hangs. */
const STALLED = /stalled more than/;

/** The workers of `@Processor()` classes exist after the package's own `onModuleInit`. */
function watchStalledJobs({ intake, modules }: BootingApp): void {
  for (const { instance } of wrappersIn(modules, 'providers', 'controllers')) {
    workerOf(instance)?.on('failed', (job, error) => {
      if (!isError(error) || !STALLED.test(error.message)) return;
      // There is no job if it has gone from Redis as well.
      const { transaction, contexts } = jobFacts(job, 0);
      const scope = new Scope('queue');
      scope.setContext('job', contexts['job']);
      intake.report(unhandled(error, 'queue', scope, { transaction }));
    });
  }
}

function workerOf(instance: unknown): WorkerLike | undefined {
  const type = isObject(instance) ? read(instance, 'constructor') : undefined;
  if (typeof type !== 'function' || !Reflect.hasMetadata(PROCESSOR, type)) return undefined;
  // The getter throws while there is no worker.
  const worker = read(instance, 'worker');
  return typeof read(worker, 'on') === 'function' ? (worker as WorkerLike) : undefined;
}

/** `@nestjs/bullmq`: processors, listeners of workers and queues, stalled jobs. */
export const bullmq: Integration = {
  marks: [PROCESSOR],
  watchedMethod,
  onBootstrap: watchStalledJobs,
};
