import type { ErrorTrackerService } from '../../lib/error-tracker.service.js';
import { ErrorTrackerHealthIndicator } from '../../lib/terminus.js';

const facts = { storeAvailable: true, queuedEvents: 3, dropped: { queueFull: 1 }, alertsGivenUp: 0 };
const indicatorOf = (status: string): ErrorTrackerHealthIndicator =>
  new ErrorTrackerHealthIndicator({
    health: () => ({ status, ...facts, internalErrors: 9 }),
  } as unknown as ErrorTrackerService);

describe('ErrorTrackerHealthIndicator', () => {
  it.each([
    ['ok', 'up'],
    ['degraded', 'down'],
  ])('is, while the tracker is %s, %s, and tells why', (status, expected) => {
    expect(indicatorOf(status).isHealthy()).toEqual({ errorTracker: { status: expected, ...facts } });
  });

  it('stands under the key that it is given', () => {
    expect(Object.keys(indicatorOf('ok').isHealthy('errors'))).toEqual(['errors']);
  });
});
