import { OnQueueEvent, OnWorkerEvent, Processor, QueueEventsListener } from '@nestjs/bullmq';
import { EventEmitter } from 'node:events';
import { bullmq } from '../../../../lib/capture/integrations/bullmq.js';
import { bootedApp, watched } from '../../../support/failures.js';

@Processor('mails')
class MailProcessor {
  process(): void {
    // Watched by its name.
  }

  @OnWorkerEvent('completed')
  completed(): void {
    // Watched by its decorator.
  }

  helper(): void {
    // Not watched.
  }
}

@QueueEventsListener('mails')
class MailEvents {
  @OnQueueEvent('active')
  active(): void {
    // Watched by its decorator.
  }
}

class Other {
  process(): void {
    // No processor.
  }
}

const job = (changes: object = {}): object => ({
  id: '7',
  name: 'welcome',
  queueName: 'mails',
  data: { to: 'ann' },
  attemptsMade: 1,
  opts: { attempts: 3 },
  ...changes,
});

describe('bullmq', () => {
  it('watches the work of processors and the listeners of workers and queues', () => {
    const queue = { source: 'queue', failuresGoTo: 'nobody' };
    expect(watched(bullmq, MailProcessor, 'process')).toMatchObject(queue);
    expect(watched(bullmq, MailProcessor, 'completed')).toMatchObject(queue);
    expect(watched(bullmq, MailEvents, 'active')).toMatchObject(queue);
    expect(watched(bullmq, MailProcessor, 'helper')).toBeUndefined();
    expect(watched(bullmq, Other, 'process')).toBeUndefined();
  });

  it('finds processors by a mark: "process" carries no metadata of its own', () => {
    expect(bullmq.marks?.some((key) => Reflect.hasMetadata(key, MailProcessor))).toBe(true);
    expect(Reflect.getOwnMetadataKeys(MailProcessor.prototype.process)).not.toContain(bullmq.marks?.[0]);
  });

  it('tells of the job, with the attempt that is running', () => {
    expect(watched(bullmq, MailProcessor, 'process')?.facts([job()])).toEqual({
      transaction: 'mails welcome',
      contexts: {
        job: { queue: 'mails', name: 'welcome', id: '7', attempt: 2, attempts: 3, data: { to: 'ann' } },
      },
    });
  });

  it.each([undefined, null, 'job', {}])('takes %p for a job of which nothing is known', (given) => {
    expect(watched(bullmq, MailProcessor, 'process')?.facts([given])).toMatchObject({
      contexts: { job: { attempt: 1, attempts: 1 } },
    });
  });

  it('tells what a listener was called with', () => {
    expect(watched(bullmq, MailProcessor, 'completed')?.facts(['a', 'b'])).toEqual({
      transaction: 'MailProcessor.completed',
      contexts: { event: { arguments: ['a', 'b'] } },
    });
  });

  it.each<['all' | 'last', object, unknown, boolean]>([
    ['all', job(), new Error('x'), true],
    ['last', job(), new Error('x'), false],
    ['last', job({ attemptsMade: 2 }), new Error('x'), true],
    ['last', job({ opts: {} }), new Error('x'), true],
    ['last', job(), Object.assign(new Error('x'), { name: 'UnrecoverableError' }), true],
    ['last', job(), 'UnrecoverableError', false],
  ])('with jobAttempts %p, of %o, %o counts: %p', async (jobAttempts, given, exception, counts) => {
    const app = await bootedApp({}, { capture: { jobAttempts } });
    expect(watched(bullmq, MailProcessor, 'process')?.counts?.([given], exception, app)).toBe(counts);
  });

  it('reports jobs that stall, which no processor throws for, and no others', async () => {
    const worker = new EventEmitter();
    @Processor('mails')
    class Running {
      readonly worker = worker;
    }
    @Processor('mails')
    class NotYet {
      get worker(): never {
        throw new Error('"Worker" has not yet been initialized.');
      }
    }
    const bare: unknown = Object.create(null);
    const app = await bootedApp({ providers: [Running, NotYet, { provide: 'bare', useValue: bare }] });
    bullmq.onBootstrap?.(app);
    const stalled = new Error('job stalled more than allowable limit');
    worker.emit('failed', job(), new Error('the processor threw'));
    worker.emit('failed', job(), stalled);
    worker.emit('failed', undefined, stalled);
    expect(app.reported).toMatchObject([
      { exception: stalled, transaction: 'mails welcome', site: { source: 'queue' }, handled: false },
      { exception: stalled, transaction: 'undefined undefined' },
    ]);
    expect(app.reported[0]?.scope?.contexts).toMatchObject({ job: { id: '7', attempt: 1 } });
  });
});
