import { HttpException, NotFoundException } from '@nestjs/common';
import { Selector } from '../../../lib/selection/selector.js';
import type { CaptureOptions } from '../../../lib/options/error-tracker-options.js';
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
  ])('judges %s thrown outside of HTTP', (_name, thrown, counts) => {
    expect(selector().countsThrown(thrown)).toBe(counts);
  });
});
