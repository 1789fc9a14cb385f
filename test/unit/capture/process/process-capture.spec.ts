import { ProcessCapture } from '../../../../lib/capture/process/process-capture.js';
import type { DeliveryWorker } from '../../../../lib/delivery/delivery-worker.js';
import type { ErrorTrackerOptions } from '../../../../lib/options/error-tracker-options.js';
import { optionsWith } from '../../../support/events.js';
import { recordingIntake } from '../../../support/failures.js';

describe('ProcessCapture', () => {
  const limit = Error.stackTraceLimit;
  const captures: ProcessCapture[] = [];
  const salvage = jest.fn();

  const start = (options: ErrorTrackerOptions = {}) => {
    const { intake, reported } = recordingIntake();
    const worker = { salvage } as unknown as DeliveryWorker;
    const capture = new ProcessCapture(intake, worker, optionsWith(options));
    captures.push(capture);
    return { capture, reported };
  };

  afterEach(() => {
    for (const capture of captures.splice(0)) capture.onApplicationShutdown();
    Error.stackTraceLimit = limit;
    salvage.mockClear();
  });

  it.each([
    [true, 'fatal'],
    [false, 'error'],
  ])('reports what nobody caught; if it ends the process (%s) as %s', (isFatal, severity) => {
    const { capture, reported } = start();
    const exception = new Error('x');
    capture.uncaught(exception, 'uncaughtException', isFatal);
    expect(reported).toMatchObject([
      {
        ...{ exception, severity, handled: false, transaction: 'uncaughtException' },
        site: { source: 'process' },
        scope: { contexts: { process: { origin: 'uncaughtException' } } },
      },
    ]);
  });

  it.each([
    ['uncaughtException', { uncaughtException: false }],
    ['unhandledRejection', { unhandledRejection: false }],
  ])('reports no %s where the application does not want it, but the other kind', (origin, unwanted) => {
    const { capture, reported } = start({ capture: unwanted });
    capture.uncaught(new Error('x'), 'uncaughtException', true);
    capture.uncaught(new Error('x'), 'unhandledRejection', true);
    expect(reported).toHaveLength(1);
    expect(reported[0]!.transaction).not.toBe(origin);
  });

  it('gives a failure the newest warnings of the process along', () => {
    const { capture, reported } = start({ limits: { maxBreadcrumbs: 2 } });
    for (const text of ['first', 'second', 'third']) capture.warned(new TypeError(text));
    capture.uncaught(new Error('x'), 'uncaughtException', true);
    expect(reported[0]!.scope!.breadcrumbs).toMatchObject([
      { type: 'warning', level: 'warning', message: 'TypeError: second' },
      { type: 'warning', level: 'warning', message: 'TypeError: third' },
    ]);
  });

  it('saves at the end of the process what is not stored yet', () => {
    start().capture.exiting();
    expect(salvage).toHaveBeenCalledTimes(1);
  });

  it('watches the process until the application shuts down, and sets how long stacks are', () => {
    const before = process.listenerCount('uncaughtExceptionMonitor');
    const { capture } = start({ capture: { stackTraceLimit: 33 } });
    expect(process.listenerCount('uncaughtExceptionMonitor')).toBe(before + 1);
    expect(Error.stackTraceLimit).toBe(33);
    capture.onApplicationShutdown();
    expect(process.listenerCount('uncaughtExceptionMonitor')).toBe(before);
  });

  it('leaves the process alone where nothing is captured', () => {
    const before = process.listenerCount('uncaughtExceptionMonitor');
    start({ enabled: false, capture: { stackTraceLimit: 33 } });
    expect(process.listenerCount('uncaughtExceptionMonitor')).toBe(before);
    expect(Error.stackTraceLimit).toBe(limit);
  });
});
