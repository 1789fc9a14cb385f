import { Cron, CronExpression, Interval, Timeout } from '@nestjs/schedule';
import { schedule } from '../../../../lib/capture/integrations/schedule.js';
import { watched } from '../../../support/failures.js';

class Jobs {
  @Cron(CronExpression.EVERY_HOUR, { name: 'nightly', timeZone: 'Europe/Berlin' })
  named(): void {
    // Watched.
  }

  @Cron('* * * * *')
  cron(): void {
    // Watched.
  }

  @Interval('poll', 20)
  interval(): void {
    // Watched.
  }

  @Timeout(5)
  timeout(): void {
    // Watched.
  }

  other(): void {
    // Not watched.
  }
}

describe('schedule', () => {
  it.each<[string, string, object]>([
    ['named', 'nightly', { kind: 'cron', when: '0 0-23/1 * * *', timeZone: 'Europe/Berlin' }],
    ['cron', 'Jobs.cron', { kind: 'cron', when: '* * * * *' }],
    ['interval', 'poll', { kind: 'interval', when: 20 }],
    ['timeout', 'Jobs.timeout', { kind: 'timeout', when: 5 }],
  ])('watches %s, whose failures nobody sees, as %p', (name, transaction, expected) => {
    const found = watched(schedule, Jobs, name);
    expect(found).toMatchObject({ source: 'cron', failuresGoTo: 'nobody' });
    expect(found?.facts([])).toEqual({
      transaction,
      contexts: { schedule: { timeZone: undefined, ...expected, name: transaction } },
    });
    expect(found?.counts).toBeUndefined();
  });

  it('leaves other methods alone', () => {
    expect(watched(schedule, Jobs, 'other')).toBeUndefined();
  });
});
