import { tmpdir } from 'node:os';
import type { ErrorTrackerOptions } from '../../../lib/options/error-tracker-options.js';
import { optionsWith } from '../../support/events.js';

const deliveryOf = (options: ErrorTrackerOptions) => optionsWith(options).delivery;

describe('the options of delivery', () => {
  it('tries a failing store no more often than a healthy one', () => {
    expect(deliveryOf({}).retryMaxMs).toBe(15_000);
    expect(deliveryOf({ delivery: { flushIntervalMs: 20_000 } }).retryMaxMs).toBe(20_000);
    expect(() => optionsWith({ delivery: { flushIntervalMs: 200, retryMaxMs: 100 } })).toThrow(
      '"delivery.retryMaxMs" (100) is shorter',
    );
  });

  it('keeps the journal where the SQLite file lies, and none for a database in memory', () => {
    const sqlite = (database: string) => deliveryOf({ database: { type: 'better-sqlite3', database } });
    expect(sqlite('/data/shop/errors.sqlite').journalFolder).toBe('/data/shop');
    expect(sqlite(':memory:').journalFolder).toBeUndefined();
    expect(deliveryOf({ database: { type: 'postgres' } }).journalFolder).toBe(tmpdir());
  });

  it('takes an own folder for the journal, by its whole path', () => {
    expect(deliveryOf({ delivery: { journalFolder: '/data' } }).journalFolder).toBe('/data');
    expect(() => optionsWith({ delivery: { journalFolder: 'data' } })).toThrow('an absolute path');
  });
});
