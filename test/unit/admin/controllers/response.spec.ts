import type { HttpAdapterHost } from '@nestjs/core';
import {
  html,
  json,
  redirect,
  send,
  type FinishedResponse,
} from '../../../../lib/admin/controllers/response.js';

function sent(response: FinishedResponse): { headers: Record<string, string>; reply: unknown[] } {
  const headers: Record<string, string> = {};
  const reply: unknown[] = [];
  const httpAdapter = {
    setHeader: (_response: unknown, name: string, value: string) => (headers[name] = value),
    reply: (_response: unknown, ...rest: unknown[]) => reply.push(...rest),
  };
  send({ httpAdapter } as unknown as HttpAdapterHost, {}, response);
  return { headers, reply };
}

describe('send', () => {
  it('lets nothing but the dashboard run on its pages, and nobody keep them', () => {
    const { headers } = sent(json({}));
    expect(headers['Content-Security-Policy']).toMatch(
      /^default-src 'none'; style-src 'self'; script-src 'self';/,
    );
    expect(headers).toMatchObject({
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'same-origin',
      'X-Robots-Tag': 'noindex',
      'Cache-Control': 'no-store',
      Vary: 'Accept',
    });
  });

  it('prefers the headers of the response', () => {
    const { headers } = sent({ status: 200, body: '', headers: { 'Cache-Control': 'private' } });
    expect(headers['Cache-Control']).toBe('private');
  });

  it('sends a text that is ready, and the status', () => {
    expect(sent(json({ a: 1 }, 409)).reply).toEqual(['{"a":1}', 409]);
  });
});

describe('html, json and redirect', () => {
  it('say what they are', async () => {
    const page = await html(({ forbiddenPage }) => forbiddenPage('No & never'), 403);
    expect(page.status).toBe(403);
    expect(page.body).toMatch(/^<!doctype html><html lang="en">.*No &amp; never/);
    expect(page.headers).toEqual({ 'Content-Type': 'text/html; charset=utf-8' });
    expect(json([]).headers).toEqual({ 'Content-Type': 'application/json; charset=utf-8' });
    expect(redirect('./issues/1', 303)).toMatchObject({
      status: 303,
      body: '',
      headers: { Location: './issues/1' },
    });
  });
});
