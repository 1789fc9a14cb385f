import { alertReport } from '../../../lib/notify/alert-report.js';
import { reportText } from '../../../lib/notify/report-text.js';
import { anAlert, anIssue } from '../../support/alerts.js';

describe('reportText', () => {
  const text = reportText(alertReport(anAlert({ issue: anIssue({ title: 'declined\nRelease: 9.9.9' }) })));

  it('has a block each for the message, the facts and every exception', () => {
    const [message, facts, thrown, cause] = text.split('\n\n');
    expect(message?.split('\n')[0]).toBe('PaymentError');
    expect(facts).toContain('Where:       OrdersService.pay\nRequest:     POST /orders/:id');
    expect(thrown?.split('\n')).toEqual([
      'PaymentError: The card was declined',
      '  at OrdersService.pay (src/orders/orders.service.ts:17:5)',
      '         15 |   async pay() {',
      '         16 |     await this.gate();',
      '    >    17 |     throw failure;',
      '         18 |   }',
    ]);
    expect(cause).toBe('Caused by TypeError: fetch failed');
  });

  it('indents the message, so that no line of it poses as a fact', () => {
    expect(text).toContain('\n  Release: 9.9.9\n');
    expect(text).not.toMatch(/^Release: 9\.9\.9/m);
  });
});
