import { Logger } from '@nestjs/common';
import { DropCounter } from '../../../lib/delivery/event-counters.js';

describe('DropCounter', () => {
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
    const drops = new DropCounter<'refused' | 'failed'>('Events are lost');
    expect(drops.isRecent).toBe(false);
    drops.add('refused', 2, 'The database refuses a record.');
    drops.add('failed', 1);
    drops.add('refused', 3);
    expect(drops.byReason()).toEqual({ refused: 5, failed: 1 });
    expect(said).toEqual(['Events are lost (refused). The database refuses a record.']);
  });

  it('forgets that there was one after five quiet minutes, and speaks again', () => {
    const drops = new DropCounter<'failed'>('Events are lost');
    drops.add('failed', 1);
    jest.advanceTimersByTime(299_000);
    expect(drops.isRecent).toBe(true);
    jest.advanceTimersByTime(1_000);
    expect(drops.isRecent).toBe(false);
    drops.add('failed', 1);
    expect(said).toHaveLength(2);
  });
});
