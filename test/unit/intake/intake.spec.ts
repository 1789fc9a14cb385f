import { NotFoundException } from '@nestjs/common';
import { siteOf } from '../../../lib/intake/failure.js';
import { runInternally } from '../../../lib/scope/internal-work.js';
import { openScopes } from '../../../lib/scope/scope-storage.js';
import { Scope } from '../../../lib/scope/scope.js';
import { aFailure } from '../../support/failures.js';
import { memoryIntake } from '../../support/memory-intake.js';

afterEach(() => {
  jest.restoreAllMocks();
});

describe('Intake', () => {
  it('makes one event of a failure that several doors see, and tells each its id', () => {
    const { intake, accumulator } = memoryIntake();
    const scope = new Scope('http');
    const exception = new Error('x');
    const id = intake.report(aFailure({ exception, scope }));
    expect(id).toEqual(expect.any(String));
    expect(intake.report(aFailure({ exception, scope, site: { source: 'log' } }))).toBe(id);
    expect(accumulator.pendingEvents).toBe(1);
    expect(intake.wasCaptured(exception, 'log', scope)).toBe(true);
    expect(intake.wasCaptured(new Error('x'), 'log', scope)).toBe(false);
    expect(scope.reporting.captured).toBe(true);
  });

  it('makes an event of each message', () => {
    const { intake, accumulator } = memoryIntake();
    for (let index = 0; index < 2; index++) {
      intake.report(aFailure({ exception: undefined, message: 'stock is low' }));
    }
    expect(accumulator.pendingEvents).toBe(2);
  });

  it('makes none of what does not count, and lets another door judge it again', () => {
    const { intake, accumulator } = memoryIntake();
    const exception = new NotFoundException();
    expect(intake.report(aFailure({ exception, status: 404 }))).toBeUndefined();
    expect(accumulator.pendingEvents).toBe(0);
    expect(intake.report(aFailure({ exception, status: 500 }))).toEqual(expect.any(String));
  });

  it('makes none of what happens on the pages of the tracker, nor where nothing is captured', () => {
    const scope = new Scope('http');
    scope.reporting.ownPage = true;
    expect(memoryIntake().intake.report(aFailure({ scope }))).toBeUndefined();
    const { intake } = memoryIntake({ options: { environments: ['production'] } });
    expect(intake.report(aFailure())).toBeUndefined();
  });

  it('makes none after it was closed, and none of what the tracker does itself', () => {
    openScopes();
    const { intake, accumulator } = memoryIntake();
    expect(runInternally(() => intake.report(aFailure()))).toBeUndefined();
    intake.close();
    expect(intake.isClosed).toBe(true);
    expect(intake.report(aFailure())).toBeUndefined();
    expect(accumulator.pendingEvents).toBe(0);
  });

  it('makes one of so many as sampleRate says, and counts the others', () => {
    const { intake, accumulator, counters } = memoryIntake({ options: { capture: { sampleRate: 0.5 } } });
    const random = jest.spyOn(Math, 'random');
    for (const value of [0.49, 0.5, 0.9]) {
      random.mockReturnValueOnce(value);
      intake.report(aFailure());
    }
    expect(accumulator.pendingEvents).toBe(1);
    expect(counters.leftOut.sampled).toBe(2);
  });

  it('knows the handler from the scope where the door does not', () => {
    class Shop {}
    const { intake, accumulator } = memoryIntake();
    const scope = new Scope('queue');
    scope.handlerClass = Shop;
    scope.handlerName = 'pay';
    intake.report(aFailure({ scope, site: siteOf('queue', scope) }));
    expect(accumulator.takePending()[0]?.samples[0]?.event.transaction).toBe('Shop.pay');
  });

  it('keeps breadcrumbs that the application does not object to', () => {
    const before = ({ message }: { message: string }) => (message === 'no' ? (false as const) : undefined);
    const { intake } = memoryIntake({ options: { capture: { breadcrumbs: { before } } } });
    const scope = new Scope('http');
    const crumb = (message: string) => ({ at: 1, type: 'log', level: 'info', message }) as const;
    for (const message of ['yes', 'no']) intake.keepBreadcrumb(scope, crumb(message));
    expect(scope.breadcrumbs).toEqual([crumb('yes')]);
  });
});
