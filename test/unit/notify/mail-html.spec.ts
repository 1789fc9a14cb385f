import { alertReport } from '../../../lib/notify/alert-report.js';
import { mailHtml } from '../../../lib/notify/mail-html.js';
import { anAlert, anEvent, anIssue } from '../../support/alerts.js';

const htmlOf = (alert = anAlert()): string => mailHtml(alertReport(alert));

describe('mailHtml', () => {
  it('shows headline, facts, frames and the source around them', () => {
    const html = htmlOf();
    expect(html.startsWith('<!doctype html><html lang="en">')).toBe(true);
    for (const text of [
      'PaymentError',
      'POST /orders/:id',
      'web-1',
      'at OrdersService.pay',
      '   17      throw failure;',
    ]) {
      expect(html).toContain(text);
    }
    expect(html).toContain('href="https://shop.example/errors/issues/42"');
  });

  it('marks the line that threw, and a regression by its colour', () => {
    expect(htmlOf()).toMatch(/font-weight:700"[^>]*> {3}17/);
    expect(htmlOf()).toContain('#dc2626');
    expect(htmlOf(anAlert({ kind: 'regression' }))).toContain('#d97706');
  });

  it('escapes what comes from outside, in texts and in attributes', () => {
    const issue = anIssue({ type: '<img src=x>', title: '</p><script>alert(1)</script>', culprit: '"><b>' });
    const event = anEvent({
      exceptions: [{ type: 'E', value: '<i>', facts: {}, frames: [{ file: '<u>', inApp: true }] }],
    });
    const html = htmlOf(anAlert({ issue, event, url: 'https://x/"><s>' }));
    for (const tag of ['<img', '<script', '<b>', '<i>', '<u>', '<s>']) expect(html).not.toContain(tag);
  });

  it('loads nothing from anywhere and has no link without an address', () => {
    const html = htmlOf(anAlert({ url: undefined }));
    expect(html).not.toMatch(/href|src=|url\(|<link|<style|<script/);
  });
});
