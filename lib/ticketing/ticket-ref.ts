import type { TicketRef } from '../event/issue.js';
import { oneLine } from '../values/one-line.js';

/**
 * The tracker answered without a ticket. It is not asked again, for that might file a second one.
 */
export class NoTicketError extends Error {
  override readonly name = 'NoTicketError';
}

/** Checks the answer of a ticket tracker before it is stored and shown as a link. */
export function checkedTicketRef(returned: unknown): TicketRef {
  const { key, url } = Object(returned) as { key?: unknown; url?: unknown };
  const cleanKey = typeof key === 'string' || typeof key === 'number' ? oneLine(`${key}`, 100) : '';
  if (cleanKey === '') throw new NoTicketError('The ticket tracker returned no { key } for the ticket.');
  const link = typeof url === 'string' ? webAddress(url) : undefined;
  return link === undefined ? { key: cleanKey } : { key: cleanKey, url: link };
}

function webAddress(text: string): string | undefined {
  if (text.length > 2048 || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  url.username = '';
  url.password = '';
  return url.href;
}
