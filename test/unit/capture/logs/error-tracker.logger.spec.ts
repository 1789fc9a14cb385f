import type { LoggerService } from '@nestjs/common';
import { activate } from '../../../../lib/capture/active-trackers.js';
import { ErrorTrackerLogger } from '../../../../lib/capture/logs/error-tracker.logger.js';
import type { Failure } from '../../../../lib/intake/failure.js';
import type { Intake } from '../../../../lib/intake/intake.js';
import { areScopesOpen } from '../../../../lib/scope/scope-storage.js';
import { optionsWith } from '../../../support/events.js';
import { bootedApp, recordingIntake } from '../../../support/failures.js';

const LEVELS = ['log', 'error', 'warn', 'debug', 'verbose', 'fatal'] as const;

describe('ErrorTrackerLogger', () => {
  let written: unknown[][];
  let reported: readonly Failure[];
  let captured: unknown;
  let stop: () => void;

  const inner = (...levels: readonly string[]): LoggerService =>
    Object.fromEntries(
      levels.map((level) => [level, (...args: unknown[]) => void written.push([level, ...args])]),
    ) as unknown as LoggerService;
  const logger = (): ErrorTrackerLogger => new ErrorTrackerLogger(inner(...LEVELS));

  beforeEach(async () => {
    written = [];
    captured = undefined;
    const options = optionsWith({ capture: { logger: { level: 'verbose' } } });
    const recording = recordingIntake();
    ({ reported } = recording);
    const intake = {
      ...recording.intake,
      logging: options.capture.logger,
      wasCaptured: (thrown: unknown) => thrown === captured,
    } as unknown as Intake;
    stop = activate({ ...(await bootedApp()), intake, options, flush: () => Promise.resolve() });
  });
  afterEach(() => {
    stop();
  });

  it.each(LEVELS)('writes a line of level %s as before, and captures it', (level) => {
    logger()[level]('declined', { orderId: 7 }, 'Payments');
    expect(written).toEqual([[level, 'declined', { orderId: 7 }, 'Payments']]);
    expect(reported).toMatchObject([{ message: 'declined', contexts: { log: { level } } }]);
  });

  it('captures also where the logger inside cannot write a level', () => {
    const small = new ErrorTrackerLogger(inner('log', 'error', 'warn'));
    small.debug('looked');
    small.verbose('looked closely');
    small.fatal('gone', 'Payments');
    expect(written).toEqual([['error', 'gone', 'Payments']]);
    expect(reported.map(({ message }) => message)).toEqual(['looked', 'looked closely', 'gone']);
  });

  it('hands the levels on that the application sets', () => {
    const levels = jest.fn();
    new ErrorTrackerLogger({ ...inner(...LEVELS), setLogLevels: levels }).setLogLevels(['warn']);
    expect(levels).toHaveBeenCalledWith(['warn']);
    expect(() => logger().setLogLevels(['warn'])).not.toThrow();
  });

  it('opens the scopes, on which milder lines become breadcrumbs', () => {
    logger();
    expect(areScopesOpen()).toBe(true);
  });

  it('takes the last text for the context, and what looks like one for a stack', () => {
    const stack = 'RangeError: too far\n    at run (/app/run.ts:1:1)';
    logger().error('declined', stack, 'Payments');
    logger().error('declined', stack);
    expect(reported).toMatchObject([
      { exception: { name: 'RangeError', stack }, transaction: 'Payments' },
      { exception: { name: 'RangeError', stack } },
    ]);
    expect(reported[1]!.transaction).toBeUndefined();
  });

  it('finds an exception wherever it stands', () => {
    const exception = new TypeError('x');
    logger().error(exception, 'Payments');
    logger().warn('declined', exception, 'Payments');
    expect(reported.map((failure) => failure.exception)).toEqual([exception, exception]);
  });

  it('makes no second event of an exception that Nest logs after it was captured', () => {
    captured = new Error('x');
    logger().error(captured);
    expect(written).toEqual([['error', captured]]);
    expect(reported).toEqual([]);
  });
});
