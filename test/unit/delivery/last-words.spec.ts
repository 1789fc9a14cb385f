import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { Accumulator } from '../../../lib/delivery/accumulator.js';
import { BatchQueue } from '../../../lib/delivery/batch-queue.js';
import { EventCounters } from '../../../lib/delivery/event-counters.js';
import { LastWords } from '../../../lib/delivery/last-words.js';
import { aDelta } from '../../../lib/testing/deltas.js';
import { optionsWith } from '../../support/events.js';

describe('LastWords', () => {
  let folder: string;

  beforeAll(() => Logger.overrideLogger(false));
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'error-tracker-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const aProcess = (journalFolder = folder) => {
    const options = optionsWith({ delivery: { journalFolder } });
    const counters = new EventCounters();
    const queue = new BatchQueue();
    return {
      counters,
      queue,
      words: new LastWords(new Accumulator(counters, options), queue, counters, options),
    };
  };

  it('leaves to the next start what waits, and lets go of it', () => {
    const ended = aProcess();
    ended.queue.add([aDelta('one', { count: 3 })]);
    expect(ended.words.leave('The process ended.')).toBe(true);
    expect(ended.queue.isEmpty).toBe(true);
    expect(ended.counters.dropped.byReason()).toEqual({});
    const started = aProcess();
    started.words.restore();
    expect(started.queue.head?.deltas).toEqual([aDelta('one', { count: 3 })]);
  });

  it('writes nothing where nothing waits', () => {
    const { words } = aProcess();
    expect(words.leave('The process ended.')).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
    words.restore();
  });

  it('counts as lost what it cannot write down', () => {
    const { words, queue, counters } = aProcess(join(folder, 'not', 'there'));
    queue.add([aDelta('one', { count: 3 })]);
    expect(words.leave('The process ended.')).toBe(false);
    expect(counters.dropped.byReason()).toEqual({ closed: 3 });
    expect(queue.isEmpty).toBe(true);
  });
});
