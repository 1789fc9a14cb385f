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

export function paramOf(request: unknown, name: string): string {
  const value = (request as IncomingRequest).params?.[name];
  return typeof value === 'string' ? value : '';
}

/** Path as the client sent it, undecoded, including whatever the application is mounted under. */
export function pathOf(request: unknown): string {
  return split(request)[0];
}

/** Read from the URL itself: what `request.query` holds depends on the host's query parser. */
export function queryOf(request: unknown): URLSearchParams {
  return new URLSearchParams(split(request)[1]);
}

/** Whether a browser is looking, as opposed to a script or a tool. */
export function wantsHtml(request: unknown): boolean {
  return headerOf(request, 'accept')?.includes('text/html') ?? false;
}

function split(request: unknown): readonly [path: string, query: string] {
  const { originalUrl, url } = request as IncomingRequest;
  const target = typeof originalUrl === 'string' ? originalUrl : typeof url === 'string' ? url : '/';
  const at = target.indexOf('?');
  return at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at + 1)];
}
