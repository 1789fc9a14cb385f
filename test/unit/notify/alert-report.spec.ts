import { alertReport } from '../../../lib/notify/alert-report.js';
import { anAlert, anEvent, anIssue } from '../../support/alerts.js';

const factsOf = (alert = anAlert()): Record<string, string> =>
  Object.fromEntries(alertReport(alert).facts.map(({ label, value }) => [label, value]));

describe('alertReport', () => {
  it('says what happened and why it is told', () => {
    const report = alertReport(anAlert());
    expect(report.headline).toBe('New: PaymentError in OrdersService.pay (#42)');
    expect(report.why).toBe('This error was seen for the first time.');
    const again = alertReport(
      anAlert({ kind: 'regression', issue: anIssue({ regressions: 3, culprit: '' }) }),
    );
    expect(again.headline).toBe('Regressed: PaymentError (#42)');
    expect(again.why).toContain('regression no. 3');
  });

  it('tells the facts that are there', () => {
    expect(factsOf()).toEqual({
      Where: 'OrdersService.pay',
      Request: 'POST /orders/:id',
      Level: 'error',
      Handled: 'no',
      Events: '3',
      Users: '2',
      'First seen': '2026-01-02 03:04:05 UTC',
      'Last seen': '2026-01-02 04:05:06 UTC',
      Release: '1.2.3',
      Environment: 'production',
      Host: 'web-1',
      User: 'user-7',
      Event: '01920000-0000-7000-8000-000000000001',
    });
  });

  it('names the transaction where there is no request, and no facts of an event that is gone', () => {
    const job = anEvent({ request: undefined, transaction: 'nightly settlement' });
    expect(factsOf(anAlert({ event: job }))).toMatchObject({ Transaction: 'nightly settlement' });
    const gone = factsOf(
      anAlert({ event: undefined, issue: anIssue({ userCount: 0, lastRelease: '1.0.0' }) }),
    );
    expect(Object.keys(gone)).toEqual(
      expect.not.arrayContaining(['Request', 'Users', 'Host', 'User', 'Event', 'Environment']),
    );
    expect(gone).toMatchObject({ Release: '1.0.0' });
  });

  it('leaves the query out of a path without a route', () => {
    const request = { method: 'GET', url: '/orders/7?token=secret#part' };
    expect(factsOf(anAlert({ event: anEvent({ request }) }))).toMatchObject({ Request: 'GET /orders/7' });
  });

  it('shows the in-app frames of five exceptions, with two source lines around each', () => {
    const [thrown] = anEvent().exceptions;
    const frame = {
      ...thrown!.frames[0]!,
      context: { before: ['1', '2', '3'], line: '  x', after: ['4', '5', '6'] },
    };
    const exceptions = Array.from({ length: 7 }, () => ({
      ...thrown!,
      frames: [{ file: 'node:net', inApp: false }, ...Array.from({ length: 9 }, () => frame)],
    }));
    const report = alertReport(anAlert({ event: anEvent({ exceptions }) }));
    expect(report.exceptions).toHaveLength(5);
    expect(report.exceptions[0]?.frames).toHaveLength(5);
    expect(report.exceptions[0]?.frames[0]).toEqual({
      location: 'OrdersService.pay (src/orders/orders.service.ts:17:5)',
      source: [
        { number: '15', code: '2', current: false },
        { number: '16', code: '3', current: false },
        { number: '17', code: '  x', current: true },
        { number: '18', code: '4', current: false },
        { number: '19', code: '5', current: false },
      ],
    });
  });

  it('shows foreign frames where there are no others, and how exceptions relate', () => {
    const foreign = { file: 'node:net', line: 3, inApp: false };
    const exceptions = (['cause', 'aggregated', undefined] as const).map((relation) => ({
      type: 'TypeError',
      value: 'fetch\nfailed',
      facts: {},
      frames: [foreign],
      ...(relation && { relation }),
    }));
    const report = alertReport(anAlert({ event: anEvent({ exceptions }) }));
    expect(report.exceptions.map(({ title }) => title)).toEqual([
      'Caused by TypeError: fetch failed',
      'Together with TypeError: fetch failed',
      'TypeError: fetch failed',
    ]);
    expect(report.exceptions[0]?.frames).toEqual([{ location: '(anonymous) (node:net:3)', source: [] }]);
  });

  it('bounds what comes from outside', () => {
    const issue = anIssue({ type: 'T'.repeat(500), title: 'line\n'.repeat(50), firstSeen: Number.NaN });
    const report = alertReport(anAlert({ issue }));
    expect(report.type).toHaveLength(300);
    expect(report.message).toHaveLength(13);
    expect(report.facts.map(({ label }) => label)).not.toContain('First seen');
  });
});
