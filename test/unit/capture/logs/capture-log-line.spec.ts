import { activate } from '../../../../lib/capture/active-trackers.js';
import { captureLogLine } from '../../../../lib/capture/logs/capture-log-line.js';
import { logText, reaches, type LogLine } from '../../../../lib/capture/logs/log-line.js';
import type { Failure } from '../../../../lib/intake/failure.js';
import type { Intake } from '../../../../lib/intake/intake.js';
import type { LogOptions } from '../../../../lib/options/log-options.js';
import { openScopes, runInScope } from '../../../../lib/scope/scope-storage.js';
import { Scope } from '../../../../lib/scope/scope.js';
import { optionsWith } from '../../../support/events.js';
import { bootedApp } from '../../../support/failures.js';

let reported: Failure[];
let kept: unknown[];
let captured: unknown;
let stop: () => void;

async function start(logger: LogOptions = {}): Promise<void> {
  const options = optionsWith({ capture: { logger } });
  const intake = {
    logging: options.capture.logger,
    report: (failure: Failure) => void reported.push(failure),
    wasCaptured: (thrown: unknown) => thrown === captured,
    keepBreadcrumb: (_scope: Scope, breadcrumb: unknown) => void kept.push(breadcrumb),
  } as unknown as Intake;
  stop = activate({ ...(await bootedApp()), intake, options, flush: () => Promise.resolve() });
}

beforeEach(() => {
  reported = [];
  kept = [];
  captured = undefined;
});
afterEach(() => {
  stop();
});

const line = (changes: Partial<LogLine> = {}): LogLine => ({
  level: 'error',
  message: 'declined',
  ...changes,
});
const inRequest = (work: () => void): void => {
  openScopes();
  runInScope(new Scope('http'), work);
};

describe('captureLogLine', () => {
  it('makes an event of a line that is bad enough', async () => {
    await start();
    captureLogLine(line({ context: 'Payments' }));
    expect(reported).toMatchObject([
      {
        message: 'declined',
        site: { source: 'log' },
        handled: true,
        severity: 'error',
        severityReason: 'log-level',
        transaction: 'Payments',
        contexts: { log: { level: 'error', context: 'Payments' } },
      },
    ]);
  });

  it('prefers the exception that came with it', async () => {
    await start();
    const exception = new TypeError('x');
    captureLogLine(line({ exception }));
    expect(reported).toMatchObject([{ exception, contexts: { log: { message: 'declined' } } }]);
    expect(reported[0]).not.toHaveProperty('message');
  });

  it('makes an exception of a stack that was logged as text', async () => {
    await start();
    const stack = 'QueryFailedError: no such table\n    at run (/app/db.ts:1:1)';
    captureLogLine(line({ stack }));
    const { exception } = reported[0] as { exception: Error };
    expect([exception.name, exception.message, exception.stack]).toEqual([
      'QueryFailedError',
      'no such table',
      stack,
    ]);
  });

  it('makes a breadcrumb of a milder line, in a request', async () => {
    await start();
    captureLogLine(line({ level: 'warn' }));
    expect(kept).toEqual([]);
    inRequest(() => captureLogLine(line({ level: 'warn', context: 'Payments' })));
    expect(kept).toMatchObject([
      { type: 'log', level: 'warning', message: 'declined', data: { context: 'Payments' } },
    ]);
    expect(reported).toEqual([]);
  });

  it('knows what was captured before', async () => {
    await start();
    captured = new Error('x');
    captureLogLine(line({ logged: captured }));
    captureLogLine(line({ logged: new Error('another') }));
    expect(reported).toHaveLength(1);
  });

  it.each<[LogOptions, string | undefined, number]>([
    [{}, 'ErrorTracker', 0],
    [{ contexts: ['Payments'] }, 'Payments', 1],
    [{ contexts: ['Payments'] }, 'Orders', 0],
    [{ contexts: ['Payments'] }, undefined, 0],
    [{ ignoreContexts: [/^Ord/g] }, 'Orders', 0],
    [{ level: false }, 'Orders', 0],
  ])('with %p, of a line of %p, makes %i events', async (logger, context, events) => {
    await start(logger);
    captureLogLine(line({ context }));
    captureLogLine(line({ context }));
    expect(reported).toHaveLength(events * 2);
  });

  it('does nothing while no tracker runs, and never throws', async () => {
    await start();
    const hostile = {
      get level(): never {
        throw new Error('hostile');
      },
    };
    expect(() => captureLogLine(hostile as unknown as LogLine)).not.toThrow();
    stop();
    captureLogLine(line());
    expect(reported).toEqual([]);
  });
});

describe('reaches', () => {
  it.each<[LogLine['level'], LogLine['level'] | false, boolean]>([
    ['fatal', 'error', true],
    ['error', 'error', true],
    ['warn', 'error', false],
    ['fatal', false, false],
  ])('%s reaches %p: %p', (level, threshold, expected) => {
    expect(reaches(level, threshold)).toBe(expected);
  });
});

describe('logText', () => {
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;

  it.each<[unknown, string]>([
    ['text', 'text'],
    [new Error('message'), 'message'],
    [{ a: 1 }, '{"a":1}'],
    [7, '7'],
    [undefined, 'undefined'],
    [circular, 'unreadable'],
  ])('of %o is %p', (value, expected) => {
    expect(logText(value)).toBe(expected);
  });
});
