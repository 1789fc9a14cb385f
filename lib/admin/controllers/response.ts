import type { HttpAdapterHost } from '@nestjs/core';
import type { VNode } from 'preact';
import type * as Pages from '../pages/pages.js';
import { SECURITY_HEADERS } from './security-headers.js';

/** A finished answer. Its body is always a string, so that no serializer or platform touches it. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Loads the pages when somebody looks for the first time: most instances of an application never show one. */
export async function page(choose: (pages: typeof Pages) => VNode, status = 200): Promise<Answer> {
  const pages = await import('../pages/pages.js');
  return {
    status,
    body: `<!doctype html>${pages.renderToString(choose(pages))}`,
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
  };
}

export function json(data: unknown, status = 200): Answer {
  return {
    status,
    body: JSON.stringify(data),
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
  };
}

/** 303 after a form: the browser fetches the page anew, and a reload does not post again. */
export function redirect(location: string, status: 302 | 303): Answer {
  return { status, body: '', headers: { 'Content-Type': 'text/plain; charset=utf-8', Location: location } };
}

/** Sends through the adapter, past the host's interceptors, and on Express and Fastify alike. */
export function send({ httpAdapter }: HttpAdapterHost, response: unknown, answer: Answer): void {
  const headers = { ...SECURITY_HEADERS, 'Cache-Control': 'no-store', Vary: 'Accept', ...answer.headers };
  for (const [name, value] of Object.entries(headers)) httpAdapter.setHeader(response, name, value);
  httpAdapter.reply(response, answer.body, answer.status);
}
