import { randomUUID } from 'node:crypto';
import { BullModule, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Injectable, Scope, type Type } from '@nestjs/common';
import { Queue, QueueEvents, UnrecoverableError, Worker, type Job } from 'bullmq';
import type { ErrorTrackerOptions } from '../../lib/index.js';
import { startApp, type Captured, type TestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';

const connection = { host: '127.0.0.1', port: 6379, db: 15 };

let name: string;
let queue: Queue;
let finished: QueueEvents;
let running: TestApp | undefined;

beforeEach(async () => {
  name = `error-tracker-${randomUUID()}`;
  queue = new Queue(name, { connection });
  finished = new QueueEvents(name, { connection });
  await finished.waitUntilReady();
});

afterEach(async () => {
  await running?.close();
  running = undefined;
  await queue.obliterate({ force: true });
  await Promise.all([queue.close(), finished.close()]);
});

async function start(processor: Type, tracker: ErrorTrackerOptions | false = {}): Promise<TestApp> {
  return (running = await startApp({
    imports: [BullModule.forRoot({ connection }), BullModule.registerQueue({ name })],
    providers: [processor],
    tracker,
  }));
}

/** Adds a job and waits for its end; what Redis then holds of it. */
async function run(job: string, data: object = {}, attempts = 1): Promise<object> {
  const added = await queue.add(job, data, { attempts });
  await added.waitUntilFinished(finished).catch(() => undefined);
  const { failedReason, attemptsMade } = (await queue.getJob(added.id!))!;
  return { failedReason, attemptsMade, state: await added.getState() };
}

const captured = (): Promise<readonly Captured[]> => running!.captured();

/** The queue's name is made for each test, so the class is too. */
function processors(): { Mails: Type; ScopedMails: Type } {
  @Processor(name)
  class Mails extends WorkerHost {
    async process(job: Job): Promise<string> {
      await Promise.resolve();
      if (job.name === 'fine') return 'sent';
      if (job.name === 'hopeless') throw new UnrecoverableError('no such address');
      throw new Error(`could not send ${job.name}`);
    }

    @OnWorkerEvent('completed')
    completed(): void {
      throw new Error('listener broke');
    }

    // BullMQ hands on what its listeners throw; the test is not interested.
    @OnWorkerEvent('error')
    error(): void {
      /* nothing */
    }
  }

  @Processor(name)
  @Injectable({ scope: Scope.REQUEST })
  class ScopedMails extends WorkerHost {
    async process(): Promise<void> {
      throw new Error('scoped processor broke');
    }
  }
  return { Mails, ScopedMails };
}

it('captures what a processor fails with, and leaves the job as it would be', async () => {
  await start(processors().Mails, false);
  const bare = await run('mail');
  await running?.close();
  await queue.obliterate({ force: true });

  await start(processors().Mails);
  expect(await run('mail', { to: 'ann', password: 'hunter2' })).toEqual(bare);
  const [{ issue, event } = { issue: undefined, event: undefined }, ...more] = await captured();
  expect(more).toEqual([]);
  expect(issue).toMatchObject({
    ...{ title: 'could not send mail', source: 'queue', handled: false, level: 'error', eventCount: 1 },
  });
  expect(event).toMatchObject({
    transaction: `${name} mail`,
    contexts: {
      job: { queue: name, name: 'mail', attempt: 1, attempts: 1, data: { to: 'ann', password: '[masked]' } },
    },
  });
});

it('captures every attempt as one issue', async () => {
  await start(processors().Mails);
  await run('mail', {}, 3);
  const [{ issue } = { issue: undefined }] = await captured();
  expect(issue?.eventCount).toBe(3);
  const { items } = await running!.store.findEvents(issue!.id, 5);
  const attempts = items.map(({ event }) => (event.contexts['job'] as { attempt: number }).attempt);
  expect(attempts.sort()).toEqual([1, 2, 3]);
});

it('captures the last attempt only when told so, and what cannot succeed at once', async () => {
  await start(processors().Mails, { capture: { jobAttempts: 'last' } });
  await run('mail', {}, 3);
  await run('hopeless', {}, 3);
  const issues = (await captured()).map(({ issue, event }) => [
    issue.title,
    issue.eventCount,
    event.contexts['job'],
  ]);
  expect(issues).toEqual(
    expect.arrayContaining([
      ['could not send mail', 1, expect.objectContaining({ attempt: 3, attempts: 3 })],
      ['no such address', 1, expect.objectContaining({ attempt: 1, attempts: 3 })],
    ]),
  );
  expect(issues).toHaveLength(2);
});

it('captures what a listener of a worker fails with', async () => {
  await start(processors().Mails);
  expect(await run('fine')).toMatchObject({ state: 'completed' });
  await eventually(async () => {
    expect((await captured()).map(({ issue }) => [issue.title, issue.source])).toEqual([
      ['listener broke', 'queue'],
    ]);
  });
});

it('watches a processor that is made for each job', async () => {
  await start(processors().ScopedMails);
  await run('mail');
  expect((await captured()).map(({ issue }) => [issue.title, issue.eventCount])).toEqual([
    ['scoped processor broke', 1],
  ]);
});

it('captures a job that stalls, which no processor hears of', async () => {
  const lost = new Worker(name, () => new Promise(() => undefined), {
    connection,
    lockDuration: 200,
    stalledInterval: 100,
    skipLockRenewal: true,
  });
  const active = new Promise((resolve) => lost.once('active', resolve));
  await queue.add('mail', { to: 'ann' });
  await active;
  await lost.close(true);

  @Processor(name, { stalledInterval: 100, maxStalledCount: 0 })
  class Checks extends WorkerHost {
    async process(): Promise<void> {
      /* never gets the job */
    }
  }
  await start(Checks);
  await eventually(async () => {
    const issues = (await captured()).map(({ issue, event }) => [
      issue.title,
      issue.source,
      event.transaction,
    ]);
    expect(issues).toEqual([[expect.stringContaining('stalled'), 'queue', `${name} mail`]]);
  });
});
