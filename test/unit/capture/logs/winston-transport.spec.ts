import { activate } from '../../../../lib/capture/active-trackers.js';
import { ErrorTrackerTransport } from '../../../../lib/capture/logs/winston-transport.js';
import type { Failure } from '../../../../lib/intake/failure.js';
import type { Intake } from '../../../../lib/intake/intake.js';
import { areScopesOpen } from '../../../../lib/scope/scope-storage.js';
import { optionsWith } from '../../../support/events.js';
import { bootedApp, recordingIntake } from '../../../support/failures.js';

const LEVEL = Symbol.for('level');
const SPLAT = Symbol.for('splat');

describe('ErrorTrackerTransport', () => {
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

  const log = (info: object): number => {
    let calls = 0;
    new ErrorTrackerTransport().log(info, () => void (calls += 1));
    return calls;
  };

  it('asks for the next line after each', () => {
    expect(log({ level: 'error', message: 'declined' })).toBe(1);
    expect(log({})).toBe(1);
  });

  it('takes what winston writes into it as a stream', async () => {
    const transport = new ErrorTrackerTransport();
    await new Promise((done) => transport.write({ level: 'error', message: 'declined' }, done));
    expect(reported).toMatchObject([{ message: 'declined' }]);
  });

  it('opens the scopes, on which milder lines become breadcrumbs', () => {
    new ErrorTrackerTransport();
    expect(areScopesOpen()).toBe(true);
  });

  it.each([
    ['crit', 'fatal'],
    ['error', 'error'],
    ['warning', 'warn'],
    ['notice', 'log'],
    ['http', 'debug'],
    ['silly', 'verbose'],
    ['of my own', 'log'],
  ])('takes level %s for %s', (level, name) => {
    log({ level, message: 'declined' });
    expect(reported).toMatchObject([{ contexts: { log: { level: name } } }]);
  });

  it('prefers the plain name of a level whose text is coloured', () => {
    log({ level: '\u001b[31merror\u001b[39m', [LEVEL]: 'error', message: 'declined' });
    expect(reported).toMatchObject([{ severity: 'error' }]);
  });

  const exception = new TypeError('x');
  it.each<[string, object]>([
    ['as the message', { level: 'error', message: exception }],
    ['after the message', { level: 'error', message: 'declined', [SPLAT]: [7, exception] }],
    ['as the line itself', Object.assign(exception, { level: 'error' })],
  ])('finds an exception that is logged %s', (_where, info) => {
    log(info);
    expect(reported[0]!.exception).toBe(exception);
  });

  it('makes an exception of a stack that is logged as text, and finds the context', () => {
    const stack = 'RangeError: too far\n    at run (/app/run.ts:1:1)';
    log({ level: 'error', message: 'declined', stack, context: 'Payments' });
    expect(reported).toMatchObject([
      { exception: { name: 'RangeError', message: 'too far', stack }, transaction: 'Payments' },
    ]);
  });
});
