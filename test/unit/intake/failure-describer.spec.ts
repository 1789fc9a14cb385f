import { Fingerprinter, type FingerprintInput } from '../../../lib/grouping/fingerprinter.js';
import type { Fingerprint } from '../../../lib/event/fingerprint.js';
import { sha256 } from '../../../lib/values/hash.js';
import { aFailure } from '../../support/failures.js';
import { memoryIntake } from '../../support/memory-intake.js';

class Scripted extends Fingerprinter {
  readonly asked: FingerprintInput[] = [];

  constructor(private readonly answer: () => unknown) {
    super();
  }

  fingerprint(input: FingerprintInput): Fingerprint {
    this.asked.push(input);
    return this.answer() as Fingerprint;
  }
}

const HASH = 'b'.repeat(64);

describe('FailureDescriber', () => {
  it('says what was thrown, and leaves a message without exceptions', () => {
    const { describer } = memoryIntake();
    const thrown = describer.describe(aFailure(), {});
    expect(thrown.exceptions).toMatchObject([{ type: 'Error', value: 'card declined' }]);
    const message = describer.describe(aFailure({ message: 'stock is low' }), {});
    expect(message.exceptions).toEqual([]);
    expect(message.id).not.toBe(thrown.id);
  });

  it('names the transaction by the door, else the request, else the handler', () => {
    class OrdersController {}
    const { describer } = memoryIntake();
    const request = { method: 'GET', url: '/orders/7', route: { path: '/orders/:id' } };
    const handler = { handlerClass: OrdersController, handlerName: 'find' };
    const site = { source: 'http', ...handler } as const;
    const named = (changes: object): string | undefined =>
      describer.describe(aFailure(changes), {}).transaction;
    expect(named({ site: { ...site, request }, transaction: 'nightly' })).toBe('nightly');
    expect(named({ site: { ...site, request } })).toBe('GET /orders/:id');
    expect(named({ site })).toBe('OrdersController.find');
    expect(named({})).toBeUndefined();
  });

  it('hands what it found, and what the judgement says, to the fingerprinter', () => {
    const fingerprinter = new Scripted(() => ({ hash: HASH, algorithm: 'own', key: 'k' }));
    const { describer } = memoryIntake({ fingerprinter });
    describer.describe(aFailure({ transaction: 'nightly' }), { fingerprint: ['mine'] });
    expect(fingerprinter.asked).toMatchObject([
      { exceptions: [{ type: 'Error' }], source: 'http', transaction: 'nightly', explicit: ['mine'] },
    ]);
  });

  it.each([
    ['a hash as it is', HASH, HASH],
    ['the hash of any other text', 'checkout', sha256('checkout')],
  ])('takes from an own fingerprinter %s', (_what, hash, stored) => {
    const fingerprinter = new Scripted(() => ({ hash, algorithm: 'own', key: 'k' }));
    const { describer } = memoryIntake({ fingerprinter });
    expect(describer.describe(aFailure(), {}).fingerprint).toMatchObject({ hash: stored, algorithm: 'own' });
  });

  it('takes at most five former hashes', () => {
    const former = Array.from({ length: 9 }, (_, index) => `former ${index}`);
    const fingerprinter = new Scripted(() => ({ hash: HASH, algorithm: 'own', key: 'k', former }));
    const { describer } = memoryIntake({ fingerprinter });
    expect(describer.describe(aFailure(), {}).fingerprint.former).toEqual(former.slice(0, 5).map(sha256));
  });

  it('looks anew at a fingerprint that may have been changed', () => {
    const answer = { hash: 'one', algorithm: 'own', key: 'k' };
    const { describer } = memoryIntake({ fingerprinter: new Scripted(() => answer) });
    const found = (): string => describer.describe(aFailure(), {}).fingerprint.hash;
    expect(found()).toBe(sha256('one'));
    answer.hash = 'two';
    expect(found()).toBe(sha256('two'));
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['answers nothing', () => undefined],
    ['answers a hash that is no text', () => ({ hash: Symbol('x'), algorithm: 'own', key: 'k' })],
  ])('groups by the type where the fingerprinter %s, and counts that', (_what, answer) => {
    const { describer, counters } = memoryIntake({ fingerprinter: new Scripted(answer) });
    expect(describer.describe(aFailure(), {}).fingerprint).toMatchObject({
      ...{ hash: sha256('type Error\nsource http'), algorithm: 'fallback' },
    });
    expect(counters.internalErrors).toBe(1);
  });
});
