import { Logger } from '@nestjs/common';
import { Losses } from '../../../lib/delivery/drop-counter.js';

describe('Losses', () => {
  let said: string[];

  beforeEach(() => {
    said = [];
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    jest.spyOn(Logger.prototype, 'warn').mockImplementation((line: unknown) => void said.push(String(line)));
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('counts by reason and says it once', () => {
    const losses = new Losses<'refused' | 'failed'>('Events are lost');
    expect(losses.areRecent).toBe(false);
    losses.add('refused', 2, 'The database refuses a record.');
    losses.add('failed', 1);
    losses.add('refused', 3);
    expect(losses.byReason()).toEqual({ refused: 5, failed: 1 });
    expect(said).toEqual(['Events are lost (refused). The database refuses a record.']);
  });

  it('forgets that there was one after five quiet minutes, and speaks again', () => {
    const losses = new Losses<'failed'>('Events are lost');
    losses.add('failed', 1);
    jest.advanceTimersByTime(299_000);
    expect(losses.areRecent).toBe(true);
    jest.advanceTimersByTime(1_000);
    expect(losses.areRecent).toBe(false);
    losses.add('failed', 1);
    expect(said).toHaveLength(2);
  });
});
