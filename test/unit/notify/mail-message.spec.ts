import { mailMessage } from '../../../lib/notify/mail-message.js';
import { anAlert, anIssue } from '../../support/alerts.js';

const MAIL = {
  transport: undefined,
  from: 'Shop <errors@shop.example>',
  admins: ['a@shop.example', 'b@shop.example'],
  subjectPrefix: '[shop]',
};

describe('mailMessage', () => {
  it('goes from and to the addresses of the configuration, whatever the issue says', () => {
    const hostile = anIssue({ type: 'Error\r\nBcc: thief@evil.example' });
    const message = mailMessage(anAlert({ issue: hostile }), MAIL);
    expect(message).toMatchObject({
      from: MAIL.from,
      to: MAIL.admins,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    expect(message.to).not.toBe(MAIL.admins);
    expect(message.subject).not.toMatch(/[\r\n]/);
  });

  it('keeps encoded words out of the subject, and the subject short', () => {
    const { subject } = mailMessage(anAlert({ issue: anIssue({ type: '=?utf-8?B?QmNj?=' }) }), MAIL);
    expect(subject).toContain('[shop] New: = ?utf-8?B?QmNj?=');
    expect(mailMessage(anAlert({ issue: anIssue({ culprit: 'x'.repeat(900) }) }), MAIL).subject).toHaveLength(
      200,
    );
  });

  it('has the same id on every attempt and one conversation for each issue', () => {
    const first = mailMessage(anAlert(), MAIL);
    expect(mailMessage(anAlert(), MAIL).messageId).toBe(first.messageId);
    const later = mailMessage(anAlert({ dedupeKey: 'regression:42:1' }), MAIL);
    expect(later.messageId).not.toBe(first.messageId);
    expect(later.references).toBe(first.references);
    expect(first.references).toBe(`<issue-42.${'ab'.repeat(8)}@shop.example>`);
  });

  it('makes ids that are valid whatever the key and the sender are', () => {
    const message = mailMessage(anAlert({ dedupeKey: 'new issue:<42>' }), { ...MAIL, from: 'Shop' });
    expect(message.messageId).toMatch(/^<[\w.-]+@nestjs-error-tracker\.invalid>$/);
  });

  it('links to the dashboard only if there is an address', () => {
    expect(mailMessage(anAlert(), MAIL).text).toMatch(
      /Details: https:\/\/shop\.example\/errors\/issues\/42\n$/,
    );
    expect(mailMessage(anAlert({ url: undefined }), MAIL).text).not.toContain('Details');
  });
});
