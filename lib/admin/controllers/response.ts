import type { HttpAdapterHost } from '@nestjs/core';
import type { VNode } from 'preact';
import type * as Pages from '../pages/pages.js';

/**
 * Headers of every response. The referrer policy is not `no-referrer`: under that one browsers send
 * `Origin: null` with a form, and the same-origin check would refuse the dashboard's own buttons.
 */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Robots-Tag': 'noindex',
};

/**
 * A response that is ready to be sent. Its body is a string, so that no serializer or platform
 * touches it.
 */
export interface FinishedResponse {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Makes a page. The pages are loaded for the first visitor: most instances of an application never
 * show one.
 */
export async function html(choose: (pages: typeof Pages) => VNode, status = 200): Promise<FinishedResponse> {
  const pages = await import('../pages/pages.js');
  return {
    status,
    body: `<!doctype html>${pages.renderToString(choose(pages))}`,
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
  };
}

export function json(data: unknown, status = 200): FinishedResponse {
  return {
    status,
    body: JSON.stringify(data),
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
  };
}

/**
 * Use 303 after a form: the browser fetches the page with GET, and a reload does not post again.
 */
export function redirect(location: string, status: 302 | 303): FinishedResponse {
  return { status, body: '', headers: { 'Content-Type': 'text/plain; charset=utf-8', Location: location } };
}

/** Sends through the adapter: past the host's interceptors, and on Express and Fastify alike. */
export function send(
  { httpAdapter }: HttpAdapterHost,
  response: unknown,
  { status, body, headers: own }: FinishedResponse,
): void {
  const headers = { ...SECURITY_HEADERS, 'Cache-Control': 'no-store', Vary: 'Accept', ...own };
  for (const [name, value] of Object.entries(headers)) httpAdapter.setHeader(response, name, value);
  httpAdapter.reply(response, body, status);
}
