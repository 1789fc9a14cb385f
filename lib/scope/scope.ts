import type { Type } from '@nestjs/common';
import type { Breadcrumb, Source, UserInfo } from '../event/error-event.js';

/**
 * How far the reporting of one request or job is; shared by all scopes that are forked inside it.
 */
export interface Reporting {
  /** An exception on its way to a filter that may still handle it. */
  passing?: { readonly exception: unknown };
  /**
   * The tracker's filter was asked about what the client is about to see: the response itself is
   * not reported again.
   */
  filterAsked: boolean;
  /** A failure that counts was reported; its event may have been dropped. */
  captured: boolean;
  /** The request is for the tracker's own pages: nothing in it is captured. */
  ownPage: boolean;
  /** Primitives that were captured, with their event ids: they carry no identity of their own. */
  primitives?: Map<unknown, string>;
}

/**
 * What is known of one request or job. Values may be raw: they are copied and masked when an event
 * is made.
 */
export class Scope {
  request: object | undefined;
  handlerClass: Type | undefined;
  handlerName: string | undefined;
  user: UserInfo | undefined;
  tags: Readonly<Record<string, string>> = NOTHING;
  contexts: Readonly<Record<string, unknown>> = NOTHING;
  breadcrumbs: readonly Breadcrumb[] = NONE;

  constructor(
    readonly source: Source,
    readonly reporting: Reporting = { filterAsked: false, captured: false, ownPage: false },
  ) {}

  /** A scope that starts with everything this one knows; what is set on it does not reach back. */
  fork(source: Source = this.source): Scope {
    const fork = new Scope(source, this.reporting);
    fork.request = this.request;
    fork.handlerClass = this.handlerClass;
    fork.handlerName = this.handlerName;
    fork.user = this.user;
    fork.tags = this.tags;
    fork.contexts = this.contexts;
    fork.breadcrumbs = this.breadcrumbs;
    return fork;
  }

  setTag(key: string, value: string): void {
    this.tags = { ...this.tags, [key]: value };
  }

  setContext(name: string, section: unknown): void {
    this.contexts = { ...this.contexts, [name]: section };
  }

  /** Keeps the newest `limit` breadcrumbs. */
  addBreadcrumb(breadcrumb: Breadcrumb, limit: number): void {
    this.breadcrumbs = limit === 0 ? NONE : [...this.breadcrumbs, breadcrumb].slice(-limit);
  }
}

// Healthy requests pay for their scope too: nothing is allocated until something is set, and forks
// share what they inherit.
const NOTHING: Readonly<Record<string, never>> = Object.freeze({});
const NONE: readonly never[] = Object.freeze([]);
