import { isThenable } from '../../../lib/values/after.js';
import type { EventDraft } from '../../../lib/event/error-event.js';
import type { Failure } from '../../../lib/intake/failure.js';
import type { Judgement } from '../../../lib/selection/selector.js';
import { aFailure } from '../../support/failures.js';
import { memoryIntake, type Parts } from '../../support/memory-intake.js';

function compose(failure: Failure, judgement: Judgement = {}, parts: Parts = {}) {
  const { composer, describer } = memoryIntake(parts);
  return composer.compose(failure, judgement, describer.describe(failure, judgement));
}

/** Of what is there at once. */
function draftOf(...args: Parameters<typeof compose>): EventDraft {
  const draft = compose(...args);
  if (isThenable(draft) || draft === false) throw new Error('There is no draft at once.');
  return draft;
}

describe('EventComposer', () => {
  it('says what happened, where, and how bad it is', () => {
    const draft = draftOf(aFailure({ transaction: 'nightly', contexts: { job: { name: 'x' } } }));
    expect(draft).toMatchObject({
      source: 'http',
      handled: false,
      severity: 'error',
      severityReason: 'unhandled',
      transaction: 'nightly',
      exceptions: [{ type: 'Error', value: 'card declined' }],
      contexts: { job: { name: 'x' } },
      environment: 'test',
      release: '1.0.0',
    });
    expect(draft).not.toHaveProperty('quiet');
    expect(draft).not.toHaveProperty('category');
  });

  it('takes over what was judged', () => {
    expect(draftOf(aFailure(), { severity: 'info', category: 'environment' })).toMatchObject({
      severity: 'info',
      severityReason: 'rule',
      category: 'environment',
    });
  });

  it.each<[Judgement, true | undefined]>([
    [{}, undefined],
    [{ category: 'security', alert: false }, true],
    [{ category: 'security', alert: true }, undefined],
    [{ alert: false }, true],
  ])('is quiet or not, judged %p', (judgement, quiet) => {
    expect(draftOf(aFailure(), judgement).quiet).toBe(quiet);
  });

  it('names as culprit the function, else the transaction, else the source', () => {
    expect(draftOf(aFailure()).culprit).not.toBe('http');
    expect(draftOf(aFailure({ exception: 'text', transaction: 'GET /x' })).culprit).toBe('GET /x');
    expect(draftOf(aFailure({ exception: 'text' })).culprit).toBe('http');
  });

  it('lets the call name the transaction, then the request, the handler, and a builder at last', () => {
    class Shop {}
    const builders = [() => ({ transaction: 'builder' })];
    const request = { method: 'GET', url: '/7', route: { path: '/:id' } };
    const handler = { handlerClass: Shop, handlerName: 'pay' };
    const named = (failure: Partial<Failure>) => draftOf(aFailure(failure), {}, { builders }).transaction;
    expect(named({ transaction: 'call', site: { source: 'http', request } })).toBe('call');
    expect(named({ site: { source: 'http', request, ...handler } })).toBe('GET /:id');
    expect(named({ site: { source: 'http', ...handler } })).toBe('Shop.pay');
    expect(named({})).toBe('builder');
  });

  it('keeps the exception as it was before the application was awaited', async () => {
    const exception = Object.assign(new Error('x'), { order: { state: 'open' } });
    const draft = compose(aFailure({ exception }), {}, { builders: [() => Promise.resolve(undefined)] });
    exception.order.state = 'paid';
    expect(await draft).toMatchObject({ exceptions: [{ properties: { order: { state: 'open' } } }] });
  });

  it('shows hooks the exception and the request', async () => {
    const failure = aFailure({ site: { source: 'http', request: { method: 'GET' } } });
    const beforeCapture = jest.fn();
    draftOf(failure, {}, { options: { beforeCapture } });
    expect(beforeCapture).toHaveBeenCalledWith(expect.objectContaining({ source: 'http' }), {
      exception: failure.exception,
      request: failure.site.request,
    });
  });

  it('says that causes were left out', () => {
    let exception = new Error('innermost');
    for (let depth = 0; depth < 15; depth++) exception = new Error('x', { cause: exception });
    expect(draftOf(aFailure({ exception })).truncated).toEqual(['exceptions']);
  });

  it('has nothing but the text of a message', () => {
    const draft = draftOf(aFailure({ exception: undefined, message: 'stock is low' }));
    expect(draft).toMatchObject({ message: 'stock is low', exceptions: [] });
  });
});
