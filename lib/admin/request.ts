import { BadRequestException } from '@nestjs/common';

/** What the dashboard reads of a request, on Express and Fastify alike. */
interface IncomingRequest {
  readonly url?: unknown;
  readonly originalUrl?: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly params?: Readonly<Record<string, unknown>>;
}

export function headerOf(request: unknown, name: string): string | undefined {
  const value = (request as IncomingRequest).headers?.[name];
  return typeof value === 'string' ? value : undefined;
}

/** A parameter of the route; empty if it has none of this name. */
export function paramOf(request: unknown, name: string): string {
  const value = (request as IncomingRequest).params?.[name];
  return typeof value === 'string' ? value : '';
}

/** The number of an issue from the route. Anything else is a 400. */
export function issueIdOf(request: unknown): number {
  const text = paramOf(request, 'id');
  const id = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(id)) throw new BadRequestException('An issue is addressed by its number.');
  return id;
}

/** The id of an event from the route, in small letters. Anything that cannot be one is a 400. */
export function eventIdOf(request: unknown, param: string): string {
  const text = paramOf(request, param);
  if (!/^[\da-z-]{1,64}$/i.test(text)) throw new BadRequestException('An event is addressed by its id.');
  return text.toLowerCase();
}

/** The path as the client sent it, undecoded, with whatever the application is mounted under. */
export function pathOf(request: unknown): string {
  return split(request)[0];
}

/**
 * The query, read from the URL itself: what `request.query` holds depends on the host's query
 * parser.
 */
export function queryOf(request: unknown): URLSearchParams {
  return new URLSearchParams(split(request)[1]);
}

/** Whether a browser shows the answer, rather than a script or a tool. */
export function wantsHtml(request: unknown): boolean {
  return headerOf(request, 'accept')?.includes('text/html') ?? false;
}

function split(request: unknown): readonly [path: string, query: string] {
  const { originalUrl, url } = request as IncomingRequest;
  const target = typeof originalUrl === 'string' ? originalUrl : typeof url === 'string' ? url : '/';
  const at = target.indexOf('?');
  return at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at + 1)];
}
