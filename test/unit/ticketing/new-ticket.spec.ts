import { newTicket } from '../../../lib/ticketing/new-ticket.js';
import { anAlert, anIssue } from '../../support/alerts.js';

describe('newTicket', () => {
  it('has a title of one line, at most 200 characters', () => {
    expect(newTicket(anAlert()).title).toBe('PaymentError: The card was declined (#42)');
    const title = newTicket(anAlert({ issue: anIssue({ title: 'long\n'.repeat(100) }) })).title;
    expect(title).toHaveLength(200);
    expect(title).not.toContain('\n');
  });

  it('puts everything from outside into a code block that it cannot leave', () => {
    const title = '@team ![x](https://evil.example)\n````\n# injected';
    const { body } = newTicket(anAlert({ issue: anIssue({ title }) }));
    const [why, link, block] = body.split('\n\n');
    expect(why).toBe('This error was seen for the first time.');
    expect(link).toBe('Details: <https://shop.example/errors/issues/42>');
    expect(block?.startsWith('`````text\n')).toBe(true);
    expect(body.endsWith('\n`````')).toBe(true);
    expect(body.match(/`{5,}/g)).toHaveLength(2);
  });

  it('has no link without an address', () => {
    expect(newTicket(anAlert({ url: undefined })).body).not.toContain('Details');
  });

  it('keeps issues of several applications apart', () => {
    const of = (fingerprint: string): string =>
      newTicket(anAlert({ issue: anIssue({ fingerprint }) })).dedupeKey;
    expect(of('ab'.repeat(32))).toBe(`new-issue:42:${'ab'.repeat(8)}`);
    expect(of('ab'.repeat(32))).not.toBe(of('cd'.repeat(32)));
  });
});
