import { Logger } from '@nestjs/common';
import { StoreCondition } from '../../../lib/delivery/store-condition.js';

describe('StoreCondition', () => {
  let said: string[];
  let condition: StoreCondition;

  beforeEach(() => {
    said = [];
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
    for (const level of ['log', 'warn'] as const) {
      jest
        .spyOn(Logger.prototype, level)
        .mockImplementation((...[line]: unknown[]) => void said.push(`${level}: ${String(line)}`));
    }
    condition = new StoreCondition(1000);
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  const succeed = () => condition.observe(() => Promise.resolve());
  const fail = () => condition.observe(() => Promise.reject(new Error('refused')));
  const take = (ms: number) =>
    condition.observe(async () => {
      await Promise.resolve();
      jest.advanceTimersByTime(ms);
    });

  it('says nothing of a store that works', async () => {
    await succeed();
    await take(9_999);
    expect(said).toEqual([]);
    expect([condition.isFailing, condition.isSlow]).toEqual([false, false]);
  });

  it('says once that the store fails, and once that it answers again', async () => {
    await fail();
    await fail();
    expect([condition.isFailing, condition.lastError]).toEqual([true, 'Error: refused']);
    await succeed();
    await succeed();
    expect(condition.isFailing).toBe(false);
    expect(said).toEqual([
      'warn: The event store fails; events wait in memory. Error: refused',
      'log: The event store answers again.',
    ]);
  });

  it('says while a round lasts that the store is slow, and that it no longer is after a quick one', async () => {
    await take(10_000);
    await take(11_000);
    expect([condition.isSlow, condition.isFailing]).toEqual([true, false]);
    await take(9_000);
    expect(condition.isSlow).toBe(false);
    expect(said).toEqual([
      'warn: The event store is slow; events wait in memory.',
      'log: The event store answers again.',
    ]);
  });

  it('says nothing more of a store that fails slowly', async () => {
    await fail();
    await take(10_000);
    expect(said.slice(1)).toEqual(['log: The event store answers again.']);
  });

  it('leaves no timer behind', async () => {
    await succeed();
    await fail();
    expect(jest.getTimerCount()).toBe(0);
  });
});
