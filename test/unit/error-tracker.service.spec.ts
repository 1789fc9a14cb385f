import type { DeliveryWorker } from '../../lib/delivery/delivery-worker.js';
import { ErrorTrackerService } from '../../lib/error-tracker.service.js';
import type { Breadcrumb } from '../../lib/event/error-event.js';
import type { EventPipeline } from '../../lib/intake/event-pipeline.js';
import type { Failure } from '../../lib/intake/failure.js';
import type { Intake } from '../../lib/intake/intake.js';
import { currentScope, runInScope } from '../../lib/scope/scope-storage.js';
import { Scope } from '../../lib/scope/scope.js';
import type { DeliveryHealth } from '../../lib/upkeep/delivery-health.js';
import { optionsWith } from '../support/events.js';
import { recordingIntake } from '../support/failures.js';

const exception = new Error('card declined');
const failing = (): never => {
  throw exception;
};

describe('ErrorTrackerService', () => {
  let reported: readonly Failure[];
  let kept: Breadcrumb[];
  let tracker: ErrorTrackerService;
  const flush = jest.fn(() => Promise.resolve(true));

  beforeEach(() => {
    kept = [];
    const recording = recordingIntake();
    ({ reported } = recording);
    const keepBreadcrumb = (_scope: Scope, breadcrumb: Breadcrumb): void => void kept.push(breadcrumb);
    tracker = new ErrorTrackerService(
      { ...recording.intake, keepBreadcrumb } as unknown as Intake,
      { idle: () => Promise.resolve() } as unknown as EventPipeline,
      { flush } as unknown as DeliveryWorker,
      {} as DeliveryHealth,
      optionsWith({ delivery: { shutdownTimeoutMs: 1234 } }),
    );
  });

  it('captures an exception as one that was handled, by hand', () => {
    expect(tracker.capture(exception)).toBe('1');
    expect(reported).toMatchObject([
      {
        ...{ exception, handled: true, byHand: true, severity: 'warning', severityReason: 'handled' },
        site: { source: 'manual' },
      },
    ]);
  });

  it('captures a message as text, milder than an exception', () => {
    tracker.captureMessage('stock is low');
    tracker.captureMessage('stock is out', { severity: 'fatal' });
    tracker.captureMessage(7 as unknown as string);
    expect(reported).toMatchObject([
      { message: 'stock is low', severity: 'info', severityReason: 'message' },
      { message: 'stock is out', severity: 'fatal', severityReason: 'specified' },
      { message: '7' },
    ]);
  });

  it('takes from the hint what the caller knows better, but no severity that there is not', () => {
    const facts = { user: { id: 'ada' }, tags: { shop: 1 }, contexts: { order: { id: 7 } } };
    tracker.capture(exception, { ...facts, severity: 'error', fingerprint: 'mine' });
    tracker.capture(exception, { severity: 'dreadful' as never, fingerprint: ['a', '{{default}}'] });
    expect(reported).toMatchObject([
      { ...facts, severity: 'error', severityReason: 'specified', fingerprint: ['mine'] },
      { severity: 'warning', severityReason: 'handled', fingerprint: ['a', '{{default}}'] },
    ]);
  });

  describe('withScope', () => {
    it('captures an exception with what was set, and throws it on', () => {
      const options = { user: { id: 'ada' }, tags: { shop: 1 }, contexts: { order: { id: 7 } } };
      expect(() => tracker.withScope(failing, options)).toThrow(exception);
      expect(reported).toMatchObject([{ exception, severity: 'warning', handled: true }]);
      expect(reported[0]!.scope).toMatchObject({ ...options, tags: { shop: '1' } });
    });

    it('does so with a rejection', async () => {
      const work = (): Promise<void> => Promise.reject(exception);
      await expect(tracker.withScope(work)).rejects.toBe(exception);
      expect(reported).toMatchObject([{ exception }]);
    });

    it('keeps an exception to itself if it is told so', async () => {
      expect(tracker.withScope(failing, { rethrow: false })).toBeUndefined();
      const rejecting = (): Promise<void> => Promise.reject(exception);
      await expect(tracker.withScope(rejecting, { rethrow: false })).resolves.toBeUndefined();
      expect(reported).toHaveLength(2);
    });

    it('captures only what is asked for, and throws on the others in any case', () => {
      const options = { only: [TypeError], rethrow: false } as const;
      expect(() => tracker.withScope(failing, options)).toThrow(exception);
      expect(reported).toEqual([]);
    });

    it('starts with what the surrounding scope knows, and gives nothing back to it', () => {
      const outer = new Scope('http');
      outer.setTag('shop', 'one');
      runInScope(outer, () => {
        const inner = tracker.withScope(() => {
          tracker.setTag('order', 7);
          return currentScope();
        });
        expect(inner?.tags).toEqual({ shop: 'one', order: '7' });
      });
      expect(outer.tags).toEqual({ shop: 'one' });
    });
  });

  it('sets facts on the running scope, and does nothing outside of one', () => {
    const tell = (): void => {
      tracker.setUser({ id: 'ada' });
      tracker.setExtra('retries', 3);
      tracker.setExtra('queue', 'mail');
      tracker.setFeatureFlag('new-checkout');
      tracker.setFeatureFlag('colour', 'red');
      tracker.addBreadcrumb({ message: 'paid' });
    };
    expect(tell).not.toThrow();
    expect(kept).toEqual([]);
    const scope = new Scope('http');
    runInScope(scope, tell);
    expect(scope).toMatchObject({
      user: { id: 'ada' },
      contexts: {
        extra: { retries: 3, queue: 'mail' },
        featureFlags: { 'new-checkout': true, colour: 'red' },
      },
    });
    expect(kept).toMatchObject([{ message: 'paid', type: 'manual', level: 'info' }]);
  });

  it('waits for a flush as long as for the shutdown, unless it is told otherwise', async () => {
    expect(await tracker.flush()).toBe(true);
    await tracker.flush(5);
    expect(flush.mock.calls).toEqual([
      [1234, expect.any(Promise)],
      [5, expect.any(Promise)],
    ]);
  });

  describe('given what it cannot read', () => {
    const bare = Object.create(null) as never;
    const hostile = {
      shop: 'one',
      get broken(): never {
        throw new Error('not loaded');
      },
    };

    it('captures all the same, with what can be read', () => {
      tracker.capture(exception, null as never);
      tracker.captureMessage('stock is low', null as never);
      tracker.captureMessage(bare);
      tracker.capture(exception, { user: null as never, tags: hostile, contexts: hostile });
      expect(reported).toMatchObject([
        { exception, severity: 'warning' },
        { message: 'stock is low' },
        { message: 'object without keys' },
        { exception, user: undefined, tags: { shop: 'one' }, contexts: { shop: 'one' } },
      ]);
    });

    it('runs the work of a scope whatever its options are', () => {
      expect(tracker.withScope(() => 'done', null as never)).toBe('done');
      const scope = tracker.withScope(currentScope, {
        tags: { bare, ...{ shop: 'one' } },
        contexts: hostile,
      });
      expect(scope).toMatchObject({ tags: { shop: 'one' }, contexts: { shop: 'one' } });
    });

    it('sets nothing, and clears the user where it is null', () => {
      const scope = new Scope('http');
      scope.user = { id: 'ada' };
      runInScope(scope, () => {
        tracker.setUser(null);
        tracker.setTag('filter', bare);
        tracker.addBreadcrumb(undefined as never);
        tracker.addBreadcrumb({ message: bare });
      });
      expect(scope).toMatchObject({ user: undefined, tags: {} });
      expect(kept).toMatchObject([{ message: 'object without keys' }]);
    });

    it('keeps of a user what can be read', () => {
      const scope = new Scope('http');
      runInScope(scope, () => tracker.setUser(hostile as never));
      expect(scope.user).toEqual({ shop: 'one' });
    });
  });
});
