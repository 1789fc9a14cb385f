import { HttpException, NotFoundException } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import { Selector } from '../../../lib/selection/selector.js';
import { ErrorTracking } from '../../../lib/capture/decorators/error-tracking.decorator.js';
import { SKIP_CAPTURE, skipCapture } from '../../../lib/selection/skip-marker.js';
import type { CaptureOptions } from '../../../lib/options/capture-options.js';
import type { CaptureRule } from '../../../lib/options/capture-rules.js';
import { optionsWith } from '../../support/events.js';

const selector = (capture: CaptureOptions = {}): Selector => new Selector(optionsWith({ capture }));

class RpcLike {
  getError(): string {
    return 'answer';
  }
  initMessage(): void {
    /* as Nest's */
  }
}

describe('Selector', () => {
  it('counts responses from 500 on', () => {
    expect([200, 404, 499, 500, 503].filter((status) => selector().countsResponse(status))).toEqual([
      500, 503,
    ]);
  });

  it('counts what a list or a predicate says', () => {
    expect(selector({ httpStatus: [404] }).countsResponse(500)).toBe(false);
    expect(selector({ httpStatus: (status) => status === 418 }).countsResponse(418)).toBe(true);
  });

  it('falls back to the default when the predicate throws', () => {
    const throwing = selector({
      httpStatus: () => {
        throw new Error('predicate');
      },
    });
    expect([throwing.countsResponse(500), throwing.countsResponse(404)]).toEqual([true, false]);
  });

  it.each([
    ['an Error', new Error('x'), true],
    ['a primitive', 'x', true],
    ['an error with a bare status', Object.assign(new Error('axios'), { status: 404 }), true],
    ['a 404', new NotFoundException(), false],
    ['a 503', new HttpException('later', 503), true],
    ['an RpcException or WsException', new RpcLike(), false],
    ['a GraphQLError', new GraphQLError('no', { extensions: { code: 'NO' } }), false],
    ['a GraphQLError made of another', new GraphQLError('no', { originalError: new Error('x') }), true],
  ])('judges %s thrown outside of HTTP', (_name, exception, counts) => {
    expect(selector().judge({ exception }) !== false).toBe(counts);
  });

  it('takes the word of whoever captures by hand, but for what is to be ignored', () => {
    const { judge } = bound(selector({ ignore: [TypeError] }));
    expect(judge({ exception: new NotFoundException(), byHand: true })).toEqual({});
    expect(judge({ exception: new TypeError(), byHand: true })).toBe(false);
  });

  it('judges by the status that the client sees, not by the one of the exception', () => {
    const { judge } = bound(selector());
    expect(judge({ exception: new Error('x'), status: 404 })).toBe(false);
    expect(judge({ exception: new NotFoundException(), status: 500 })).toEqual({});
  });
});

function bound(made: Selector): { judge: Selector['judge'] } {
  return { judge: (candidate) => made.judge(candidate) };
}

class PaymentError extends Error {}
class CardError extends PaymentError {}
class StolenCardError extends CardError {}

describe('rules', () => {
  const parent: CaptureRule = { match: PaymentError, severity: 'info' };
  const child: CaptureRule = { match: CardError, severity: 'fatal' };
  const status: CaptureRule = { match: 503, severity: 'warning' };
  const predicate: CaptureRule = {
    match: (exception) => (exception as Error).message === 'special',
    action: 'ignore',
  };
  const judge = (rules: readonly CaptureRule[], exception: unknown, answered?: number) =>
    selector({ rules }).judge({ exception, status: answered });

  it.each([
    ['the parent first', [parent, child]],
    ['the child first', [child, parent]],
  ])('lets the nearest class decide, %s', (_name, rules) => {
    expect(judge(rules, new StolenCardError())).toMatchObject({ severity: 'fatal' });
    expect(judge(rules, new PaymentError())).toMatchObject({ severity: 'info' });
    expect(judge(rules, new Error('x'))).toEqual({});
  });

  it('names classes by text as well', () => {
    const rules: CaptureRule[] = [{ match: 'PaymentError', severity: 'info' }, child];
    expect(judge(rules, new StolenCardError())).toMatchObject({ severity: 'fatal' });
    expect(judge(rules, new PaymentError())).toMatchObject({ severity: 'info' });
  });

  it('lets a status decide before a class, and a predicate before both', () => {
    const rules = [child, status, predicate];
    expect(judge(rules, new CardError('x'), 503)).toMatchObject({ severity: 'warning' });
    expect(judge(rules, new CardError('special'), 503)).toBe(false);
  });

  it('captures what the default would not, and a subclass of an ignored class', () => {
    const rules: CaptureRule[] = [{ match: 404 }, { match: CardError, action: 'capture' }];
    const made = selector({ rules, ignore: [PaymentError] });
    expect(made.judge({ exception: new NotFoundException(), status: 404 })).toMatchObject({ match: 404 });
    expect(made.judge({ exception: new CardError() })).toMatchObject({ match: CardError });
    expect(made.judge({ exception: new PaymentError() })).toBe(false);
  });

  it('takes the first of equals', () => {
    const rules: CaptureRule[] = [child, { ...child, severity: 'info' }];
    expect(judge(rules, new CardError())).toMatchObject({ severity: 'fatal' });
  });

  it.each([
    [
      'a predicate that throws',
      () => {
        throw new Error('rule');
      },
    ],
    ['a pattern that throws', Object.assign(Object.create(RegExp.prototype) as RegExp, {})],
    [
      'a class with an instanceof that throws',
      class extends Error {
        static override [Symbol.hasInstance](): boolean {
          throw new Error('rule');
        }
      },
    ],
  ])('takes %s for no rule: doubt captures', (_name, match) => {
    expect(judge([{ match, action: 'ignore' }], new Error('x'))).toEqual({});
  });
});

describe('settings of a handler', () => {
  @ErrorTracking({ ignore: [PaymentError], rules: [{ match: TypeError, severity: 'info' }] })
  class Shop {
    @ErrorTracking({ rules: [{ match: TypeError, severity: 'fatal' }], httpStatus: [404] })
    pay(): void {
      /* fails */
    }

    @ErrorTracking({ enabled: false })
    quiet(): void {
      /* fails */
    }
  }

  const judge = (handlerName: string, exception: unknown, status?: number, handlerClass = Shop) =>
    selector({ rules: [{ match: TypeError, severity: 'error' }] }).judge({
      exception,
      status,
      site: { handlerClass, handlerName },
    });

  it('beat the options, those of the method those of the class', () => {
    expect(judge('other', new CardError())).toBe(false);
    expect(judge('other', new TypeError())).toMatchObject({ severity: 'info' });
    expect(judge('pay', new TypeError())).toMatchObject({ severity: 'fatal' });
  });

  it('name the statuses that count', () => {
    expect(judge('pay', new NotFoundException(), 404)).toEqual({});
    expect(judge('pay', new Error('x'), 500)).toBe(false);
    expect(judge('other', new NotFoundException(), 404)).toBe(false);
  });

  it('switch a method off, but for what a rule names', () => {
    expect(judge('quiet', new Error('x'), 500)).toBe(false);
    expect(judge('quiet', new TypeError(), 500)).toMatchObject({ severity: 'info' });
  });

  it('hold for a subclass', () => {
    class Boutique extends Shop {}
    expect(judge('other', new CardError(), undefined, Boutique)).toBe(false);
  });
});

describe('the skip marker', () => {
  it('exempts an exception, a class, a frozen one', () => {
    class Expected extends Error {
      readonly [SKIP_CAPTURE] = true;
    }
    const judged = [
      skipCapture(new Error('x')),
      new Expected(),
      skipCapture(Object.freeze(new Error('frozen'))),
    ].map((exception) => selector().judge({ exception }));
    expect(judged).toEqual([false, false, false]);
  });

  it('leaves primitives and everything else alone', () => {
    expect(skipCapture('text')).toBe('text');
    expect(selector().judge({ exception: 'text' })).toEqual({});
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(selector().judge({ exception: proxy })).toEqual({});
  });
});
