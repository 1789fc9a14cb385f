import { activate } from '../../../../lib/capture/active-trackers.js';
import { pinoHooks } from '../../../../lib/capture/logs/pino-hooks.js';
import type { Failure } from '../../../../lib/intake/failure.js';
import type { Intake } from '../../../../lib/intake/intake.js';
import { areScopesOpen } from '../../../../lib/scope/scope-storage.js';
import { optionsWith } from '../../../support/events.js';
import { bootedApp, recordingIntake } from '../../../support/failures.js';

describe('pinoHooks', () => {
  let reported: readonly Failure[];
  let stop: () => void;

  beforeEach(async () => {
    const options = optionsWith({ capture: { logger: { level: 'verbose' } } });
    const recording = recordingIntake();
    ({ reported } = recording);
    const intake = { ...recording.intake, logging: options.capture.logger } as unknown as Intake;
    stop = activate({ ...(await bootedApp()), intake, options, flush: () => Promise.resolve() });
  });
  afterEach(() => {
    stop();
  });

  const write = (level: number, ...args: unknown[]): unknown[][] => {
    const calls: unknown[][] = [];
    const logger = {};
    pinoHooks().logMethod.call(
      logger,
      args,
      function (this: unknown, ...given) {
        calls.push([this === logger, ...given]);
      },
      level,
    );
    return calls;
  };

  it('lets the logger write the line as it would have', () => {
    const fields = { orderId: 7 };
    expect(write(30, fields, 'paid %d', 3)).toEqual([[true, fields, 'paid %d', 3]]);
  });

  it('opens the scopes, on which milder lines become breadcrumbs', () => {
    pinoHooks();
    expect(areScopesOpen()).toBe(true);
  });

  it.each([
    [60, 'fatal'],
    [50, 'error'],
    [40, 'warn'],
    [30, 'log'],
    [20, 'debug'],
    [10, 'verbose'],
  ])('takes level %i for %s', (level, name) => {
    write(level, 'declined');
    expect(reported).toMatchObject([{ contexts: { log: { level: name } } }]);
  });

  it.each<[unknown[], string]>([
    [['declined'], 'declined'],
    [[{ orderId: 7 }, 'declined'], 'declined'],
    [[{ msg: 'declined' }], 'declined'],
    [[{ orderId: 7 }], '{"orderId":7}'],
  ])('finds the message of %j', (args, message) => {
    write(50, ...args);
    expect(reported).toMatchObject([{ message }]);
  });

  const exception = new TypeError('x');
  it.each<[string, unknown[]]>([
    ['alone', [exception]],
    ['as err', [{ err: exception }, 'declined']],
    ['as error', [{ error: exception }, 'declined']],
    ['after the message', ['declined', exception]],
  ])('finds an exception that is logged %s', (_where, args) => {
    write(50, ...args);
    expect(reported[0]!.exception).toBe(exception);
  });

  it('finds the context, if it is text', () => {
    write(50, { context: 'Payments' }, 'declined');
    write(50, { context: { of: 'Payments' } }, 'declined');
    expect(reported.map(({ transaction }) => transaction)).toEqual(['Payments', undefined]);
  });
});
