import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Breadcrumb, Severity } from '../../event/error-event.js';
import { isInternal } from '../../scope/internal-work.js';
import { currentScope } from '../../scope/scope-storage.js';
import type { Scope } from '../../scope/scope.js';

/** Takes a breadcrumb for the scope that it belongs to. */
export type KeepBreadcrumb = (scope: Scope, breadcrumb: Breadcrumb) => void;

/**
 * What Node says about a request that the process sends, by `http`, `https` or `fetch` (undici).
 */
interface Sent {
  readonly request: object;
  readonly response?: { readonly statusCode?: number };
  readonly error?: { readonly code?: unknown };
}

const STARTS = ['http.client.request.start', 'undici:request:create'];
const ENDS = [
  ...['http.client.response.finish', 'http.client.request.error'],
  ...['undici:request:headers', 'undici:request:error'],
];

/**
 * Held for as long as the process lives. Node drops a channel that nobody listens to. Once that
 * channel is garbage-collected, Node also drops the channel that undici has since made under the
 * same name, and a later listener hears nothing.
 */
export const HELD_CHANNELS = [...STARTS, ...ENDS].map((name) => channel(name));

/**
 * Notes the requests that the application sends while a request or job runs, with their outcome.
 * The tracker's own are left out.
 *
 * @returns a function that stops watching
 */
export function watchOutgoingRequests(keep: KeepBreadcrumb): () => void {
  // A response may arrive in the context of the connection, which other requests use as well.
  const underWay = new WeakMap<object, { readonly scope: Scope; readonly startedAt: number }>();
  const started = (message: unknown): void => {
    const scope = isInternal() ? undefined : currentScope();
    if (scope) underWay.set((message as Sent).request, { scope, startedAt: Date.now() });
  };
  const ended = (message: unknown): void => {
    const { request, response, error } = message as Sent;
    const known = underWay.get(request);
    if (!known) return;
    underWay.delete(request);
    keep(known.scope, breadcrumbOf(request, response?.statusCode, error?.code, known.startedAt));
  };
  for (const name of STARTS) subscribe(name, started);
  for (const name of ENDS) subscribe(name, ended);
  return () => {
    for (const name of STARTS) unsubscribe(name, started);
    for (const name of ENDS) unsubscribe(name, ended);
  };
}

function breadcrumbOf(
  request: object,
  status: number | undefined,
  code: unknown,
  startedAt: number,
): Breadcrumb {
  const { method, origin, protocol, path } = request as Readonly<Record<string, unknown>>;
  const from = typeof origin === 'string' ? origin : `${String(protocol)}//${hostOf(request)}`;
  const url = `${from}${withoutValues(String(path))}`;
  const outcome = status ?? (typeof code === 'string' ? code : 'failed');
  const ms = Date.now() - startedAt;
  return {
    at: startedAt,
    type: 'http',
    level: levelOf(status),
    message: `${String(method)} ${url} ${String(outcome)}`,
    data: { ms },
  };
}

function hostOf(request: object): string {
  const { getHeader, host } = request as { getHeader?: (name: string) => unknown; host?: unknown };
  return String(getHeader?.call(request, 'host') ?? host);
}

/** The names of parameters say what was asked for; the values may be personal. */
function withoutValues(path: string): string {
  return path.slice(0, 2000).replace(/([?&][^=&#]*)=[^&#]*/g, '$1=…');
}

function levelOf(status: number | undefined): Severity {
  if (status === undefined || status >= 500) return 'error';
  return status >= 400 ? 'warning' : 'info';
}
