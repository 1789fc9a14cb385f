import type { UserInfo } from '../event/error-event.js';
import type { ResolvedOptions, ResolvedRequest } from '../options/resolved-options.js';
import { withoutSensitive } from './sensitive-marks.js';
import { ContextBuilder, type CaptureSite, type ContextPart } from './context-builder.js';
import { filledText, read } from '../values/safe-read.js';
import { isObject } from '../values/type-guards.js';

/**
 * Reads everything but the transaction from requests of Express and Fastify (see
 * `httpTransaction`). Each part is read on its own: a getter that throws loses that part only.
 */
export class HttpContextBuilder extends ContextBuilder {
  constructor(private readonly options: Pick<ResolvedOptions, 'capture' | 'masking'>) {
    super();
  }

  override build(site: CaptureSite): ContextPart | undefined {
    const request = site.request;
    if (!isObject(request)) return undefined;
    const method = filledText(read(request, 'method'));
    if (method === undefined) return undefined;
    const kept = this.options.capture.request;
    const user = this.userOf(request);
    return {
      request: {
        method,
        url: filledText(read(request, 'originalUrl')) ?? filledText(read(request, 'url')) ?? '',
        route: routeTemplate(request),
        query: read(request, 'query'),
        params: read(request, 'params'),
        headers: keptHeaders(read(request, 'headers'), kept),
        ...(kept.cookies && { cookies: read(request, 'cookies') }),
        ...(kept.body && { body: this.bodyOf(request, site), files: filesOf(request) }),
        ...(kept.ip && { ip: read(request, 'ip') }),
      },
      ...(user && { user }),
    };
  }

  private bodyOf(request: object, { handlerClass, handlerName }: CaptureSite): unknown {
    const { replacement } = this.options.masking;
    return withoutSensitive(read(request, 'body'), handlerClass, handlerName, replacement);
  }

  userOf(request: unknown): UserInfo | undefined {
    if (!isObject(request)) return undefined;
    const { userExtractor } = this.options.capture;
    if (!userExtractor) return describeUser(read(request, 'user'));
    try {
      const user: unknown = userExtractor(request);
      return isObject(user) ? (user as UserInfo) : undefined;
    } catch {
      return undefined;
    }
  }
}

/** Headers in which proxies hand on the client's address. */
const ADDRESS_HEADERS = new Set([
  ...['x-forwarded-for', 'forwarded', 'x-real-ip', 'x-client-ip', 'true-client-ip', 'cf-connecting-ip'],
  ...['cf-connecting-ipv6', 'fastly-client-ip', 'x-cluster-client-ip', 'x-envoy-external-address'],
]);

function keptHeaders(headers: unknown, kept: ResolvedRequest): unknown {
  if (!isObject(headers) || kept.headers === false) return undefined;
  if (kept.headers === true && kept.cookies && kept.ip) return headers;
  const entries = Object.entries(headers).filter(
    ([name]) =>
      (kept.headers === true || (kept.headers as readonly string[]).includes(name)) &&
      (kept.cookies || name !== 'cookie') &&
      (kept.ip || !ADDRESS_HEADERS.has(name)),
  );
  return Object.fromEntries(entries);
}

const FILE_FACTS = ['fieldname', 'originalname', 'filename', 'mimetype', 'encoding', 'size'] as const;
const MAX_FILES = 20;

/** The files that multer and similar packages put on the request. */
function filesOf(request: object): readonly object[] | undefined {
  const single = read(request, 'file');
  const several = read(request, 'files');
  const files: readonly unknown[] = isObject(several) ? Object.values(several).flat() : [];
  const all = [...(isObject(single) ? [single] : []), ...files].filter(isObject).slice(0, MAX_FILES);
  if (all.length === 0) return undefined;
  return all.map((file) => Object.fromEntries(FILE_FACTS.map((fact) => [fact, read(file, fact)])));
}

/** `GET /orders/:id`: names the route and never the raw path, which would not group. */
export function httpTransaction(request: unknown): string | undefined {
  if (!isObject(request)) return undefined;
  const route = routeTemplate(request);
  const method = filledText(read(request, 'method'));
  return route !== undefined && method !== undefined ? `${method} ${route}` : undefined;
}

/** The route as the application declared it; there is none if no route matched. */
function routeTemplate(request: object): string | undefined {
  const fastifyOptions = read(request, 'routeOptions');
  if (isObject(fastifyOptions)) return filledText(read(fastifyOptions, 'url'));
  const expressRoute = read(request, 'route');
  if (!isObject(expressRoute)) return undefined;
  return filledText(read(expressRoute, 'path'));
}

const USER_PROPERTIES = ['id', 'email', 'username', 'name'] as const;

/** The user that guards like those of Passport put on the request. */
function describeUser(user: unknown): UserInfo | undefined {
  if (!isObject(user)) return undefined;
  const described: Record<string, string> = {};
  for (const property of USER_PROPERTIES) {
    const value = scalar(read(user, property));
    if (value !== undefined) described[property] = value;
  }
  const id = described['id'] ?? scalar(read(user, 'sub')) ?? scalar(read(user, 'userId'));
  if (id !== undefined) described['id'] = id;
  return Object.keys(described).length > 0 ? described : undefined;
}

function scalar(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
    ? String(value)
    : undefined;
}
