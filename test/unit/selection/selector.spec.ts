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
    expect([200, 404, 499, 500, 503].filter((status) => selector().statusQualifies(status))).toEqual([
      500, 503,
    ]);
  });

  it('counts what a list or a predicate says', () => {
    expect(selector({ httpStatus: [404] }).statusQualifies(500)).toBe(false);
    expect(selector({ httpStatus: (status) => status === 418 }).statusQualifies(418)).toBe(true);
  });

  it('falls back to the default when the predicate throws', () => {
    const throwing = selector({
      httpStatus: () => {
        throw new Error('predicate');
      },
    });
    expect([throwing.statusQualifies(500), throwing.statusQualifies(404)]).toEqual([true, false]);
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
    expect(selector().judge({ exception }) !== undefined).toBe(counts);
  });

  it('takes the word of whoever captures by hand, but for what is to be ignored', () => {
    const { judge } = bound(selector({ ignore: [TypeError] }));
    expect(judge({ exception: new NotFoundException(), byHand: true })).toEqual({});
    expect(judge({ exception: new TypeError(), byHand: true })).toBeUndefined();
  });

  it('judges by the status that the client sees, not by the one of the exception', () => {
    const { judge } = bound(selector());
    expect(judge({ exception: new Error('x'), status: 404 })).toBeUndefined();
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
    expect(judge(rules, new CardError('special'), 503)).toBeUndefined();
  });

  it('captures what the default would not, and a subclass of an ignored class', () => {
    const rules: CaptureRule[] = [
      { match: 404, severity: 'info' },
      { match: CardError, action: 'capture', severity: 'fatal' },
    ];
    const made = selector({ rules, ignore: [PaymentError] });
    expect(made.judge({ exception: new NotFoundException(), status: 404 })).toEqual({
      severity: 'info',
    });
    expect(made.judge({ exception: new CardError() })).toEqual({ severity: 'fatal' });
    expect(made.judge({ exception: new PaymentError() })).toBeUndefined();
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

describe('what a failure counts as', () => {
  const rule = (changes: Partial<CaptureRule>) => selector({ rules: [{ match: Error, ...changes }] });
  const own = Object.assign(new Error('x'), { fingerprint: ['own', '{{default}}'] });

  it('groups as the call says, else as a rule says, else as the exception says itself', () => {
    const byRule = rule({ fingerprint: ['rule'] });
    expect(selector().judge({ exception: own })?.fingerprint).toEqual(['own', '{{default}}']);
    expect(byRule.judge({ exception: own })?.fingerprint).toEqual(['rule']);
    expect(byRule.judge({ exception: own, fingerprint: ['call'] })?.fingerprint).toEqual(['call']);
    const text = Object.assign(new Error('x'), { fingerprint: 'one' });
    expect(selector().judge({ exception: text })?.fingerprint).toEqual(['one']);
    expect(selector().judge({ message: 'x', fingerprint: ['call'] })?.fingerprint).toEqual(['call']);
  });

  it.each([
    ['a list with other things in it', [1]],
    ['a number', 7],
    ['an empty text', ''],
    ['nothing', undefined],
  ])('does not take %s for a fingerprint', (_name, fingerprint) => {
    const exception = Object.assign(new Error('x'), { fingerprint });
    expect(selector().judge({ exception })?.fingerprint).toBeUndefined();
  });

  it('survives an exception whose fingerprint throws', () => {
    const hostile = Object.defineProperty(new Error('x'), 'fingerprint', {
      get() {
        throw new Error('getter');
      },
    });
    expect(selector().judge({ exception: hostile })).toEqual({});
  });

  it('lets a rule beat the door in how severe it is, and the call beat both', () => {
    const byRule = rule({ severity: 'info' });
    expect(byRule.judge({ exception: own, severityReason: 'unhandled' })).toMatchObject({ severity: 'info' });
    expect(byRule.judge({ exception: own, severityReason: 'specified' })).not.toHaveProperty('severity');
  });

  it('knows its category, by the status of the exception where the client sees none', () => {
    const judged = selector({ rules: [{ match: HttpException }] }).judge({
      exception: new HttpException('x', 413),
    });
    expect(judged).toEqual({ category: 'security', alert: false });
    expect(selector().judge({ message: 'x', status: 500 })).toEqual({});
  });

  it('alerts or does not, as a rule says', () => {
    const hostile = new HttpException('x', 413);
    expect(rule({ alert: true }).judge({ exception: hostile })).toEqual({
      category: 'security',
      alert: true,
    });
    expect(rule({ alert: false }).judge({ exception: new Error('x') })).toEqual({ alert: false });
  });

  it('asks an exception for its status once', () => {
    const exception = new HttpException('x', 503);
    const getStatus = jest.spyOn(exception, 'getStatus');
    expect(rule({ match: 404 }).judge({ exception })).toEqual({});
    expect(getStatus).toHaveBeenCalledTimes(1);
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
    expect(judge('other', new CardError())).toBeUndefined();
    expect(judge('other', new TypeError())).toMatchObject({ severity: 'info' });
    expect(judge('pay', new TypeError())).toMatchObject({ severity: 'fatal' });
  });

  it('name the statuses that count', () => {
    expect(judge('pay', new NotFoundException(), 404)).toEqual({});
    expect(judge('pay', new Error('x'), 500)).toBeUndefined();
    expect(judge('other', new NotFoundException(), 404)).toBeUndefined();
  });

  it('switch a method off, but for what a rule names', () => {
    expect(judge('quiet', new Error('x'), 500)).toBeUndefined();
    expect(judge('quiet', new TypeError(), 500)).toMatchObject({ severity: 'info' });
  });

  it('hold for a subclass', () => {
    class Boutique extends Shop {}
    expect(judge('other', new CardError(), undefined, Boutique)).toBeUndefined();
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
    expect(judged).toEqual([undefined, undefined, undefined]);
  });

  it('leaves primitives and everything else alone', () => {
    expect(skipCapture('text')).toBe('text');
    expect(selector().judge({ exception: 'text' })).toEqual({});
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(selector().judge({ exception: proxy })).toEqual({});
  });
});
