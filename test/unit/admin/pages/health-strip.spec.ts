import { troublesOf } from '../../../../lib/admin/pages/health-strip.js';
import { HEALTHY } from '../../../support/dashboard-app.js';

describe('troublesOf', () => {
  it('is silent while all is well', () => {
    expect(troublesOf(HEALTHY)).toEqual([]);
  });

  it('tells what was lost, what waits and what could not be delivered', () => {
    const text = troublesOf({
      ...HEALTHY,
      storeAvailable: false,
      queuedEvents: 12,
      lastError: 'ECONNREFUSED',
      dropped: { pendingIssues: 300, tooLarge: 0 },
      droppedDetails: { pending_bytes: 7 },
      alertsGivenUp: 2,
      channelFailures: { mail: 7 },
    }).join(' ');
    expect(text).toContain('ECONNREFUSED');
    expect(text).toContain('12 events waiting');
    expect(text).toContain('pending issues 300');
    expect(text).not.toContain('too large');
    expect(text).toContain('7 events (pending bytes 7)');
    expect(text).toContain('2 alerts could not be delivered on mail');
  });
});
