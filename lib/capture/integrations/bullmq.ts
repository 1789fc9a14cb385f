import 'reflect-metadata';
import type { EntranceFinder } from './integration.js';

/** Left on classes by `@Processor()` and `@QueueEventsListener()` of `@nestjs/bullmq`. */
export const PROCESSOR = 'bullmq:processor_metadata';
/** Left on methods by `@OnWorkerEvent()` and `@OnQueueEvent()`. */
const LISTENERS = ['bullmq:worker_events_metadata', 'bullmq:queue_events_metadata'];

/** The part of a BullMQ job that is read; the package is the application's choice. */
export interface JobLike {
  readonly id?: unknown;
  readonly name?: unknown;
  readonly queueName?: unknown;
  readonly data?: unknown;
  readonly attemptsMade?: unknown;
  readonly opts?: { readonly attempts?: unknown };
}

/** What fails in a processor goes to Redis and to nobody else. */
export const queueEntrance: EntranceFinder = (type, method, name) => {
  if (LISTENERS.some((key) => Reflect.hasMetadata(key, method))) {
    return {
      source: 'queue',
      heardBy: 'nobody',
      facts: (args) => ({ transaction: `${type.name}.${name}`, contexts: { event: { arguments: args } } }),
    };
  }
  if (name !== 'process' || !Reflect.hasMetadata(PROCESSOR, type)) return undefined;
  return {
    source: 'queue',
    heardBy: 'nobody',
    facts: ([job]) => jobFacts(job, 1),
    counts: ([job], exception, { jobAttempts }) => jobAttempts === 'all' || isLastAttempt(job, exception),
  };
};

/** @param current 1 while the job runs, when the attempt is not counted yet; else 0 */
export function jobFacts(
  given: unknown,
  current: 0 | 1,
): { readonly transaction: string; readonly contexts: Readonly<Record<string, unknown>> } {
  const job = jobOf(given);
  return {
    transaction: `${String(job.queueName)} ${String(job.name)}`,
    contexts: {
      job: {
        queue: job.queueName,
        name: job.name,
        id: job.id,
        attempt: made(job) + current,
        attempts: allowed(job),
        data: job.data,
      },
    },
  };
}

/** A job is given up after its last attempt, or when it says that trying again is of no use. */
function isLastAttempt(given: unknown, exception: unknown): boolean {
  const job = jobOf(given);
  const isFinal =
    typeof exception === 'object' &&
    exception !== null &&
    (exception as { name?: unknown }).name === 'UnrecoverableError';
  return isFinal || made(job) + 1 >= allowed(job);
}

function jobOf(given: unknown): JobLike {
  return typeof given === 'object' && given !== null ? given : {};
}

function made({ attemptsMade }: JobLike): number {
  return typeof attemptsMade === 'number' ? attemptsMade : 0;
}

function allowed({ opts }: JobLike): number {
  return typeof opts?.attempts === 'number' && opts.attempts > 0 ? opts.attempts : 1;
}
