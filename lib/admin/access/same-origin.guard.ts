import {
  ForbiddenException,
  Inject,
  Injectable,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../../options/resolved-options.js';
import { headerOf } from '../request.js';

/**
 * Lets a change pass only if a page of the dashboard asked for it. No other site can make a
 * visitor's browser do it.
 */
@Injectable()
export class SameOriginGuard implements CanActivate {
  constructor(@Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions) {}

  canActivate(context: ExecutionContext): boolean {
    const request: unknown = context.switchToHttp().getRequest();
    const header = (name: string) => headerOf(request, name);
    if (isSameOrigin(header, this.options.admin.baseUrl)) return true;
    throw new ForbiddenException('Changes are accepted from the dashboard’s own pages only.');
  }
}

/**
 * Browsers send `Sec-Fetch-Site` over https and to localhost. Over plain http they still send
 * `Origin` with every POST and DELETE. A request with neither is refused: no browser that
 * protects its user sent it.
 */
export function isSameOrigin(header: (name: string) => string | undefined, baseUrl?: string): boolean {
  const site = header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = parse(header('origin'));
  if (!origin) return false;
  const hosts = [parse(`${origin.protocol}//${header('host') ?? ''}`)?.host, parse(baseUrl)?.host];
  return hosts.includes(origin.host);
}

function parse(url: string | undefined): URL | undefined {
  try {
    const parsed = new URL(url ?? '');
    return /^https?:$/.test(parsed.protocol) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
