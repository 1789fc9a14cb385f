import type { Type } from '@nestjs/common';
import type { RequestInfo, Source, UserInfo } from '../event/error-event.js';

/** Where an exception was captured. */
export interface CaptureSite {
  readonly source: Source;
  /** The framework's request object (Express' or Fastify's) where there is one. */
  readonly request?: unknown;
  /** Controller, gateway or provider class. */
  readonly handlerClass?: Type;
  /** Name of the handling method. */
  readonly handlerName?: string;
}

/** What a builder adds. Values may be raw: they are copied within bounds and masked afterwards. */
export interface ContextPart {
  readonly transaction?: string;
  readonly request?: { readonly [K in keyof RequestInfo]?: unknown };
  readonly user?: UserInfo;
  readonly tags?: Readonly<Record<string, unknown>>;
  /** Named sections. */
  readonly contexts?: Readonly<Record<string, unknown>>;
}

/**
 * Adds context to an exception. Register your own with `forRoot({ contextBuilders: [Mine] })`: they
 * run after the built-in ones, and their parts are merged key by key. A builder that throws, or
 * takes longer than 500 ms, loses only its own part.
 */
export abstract class ContextBuilder {
  abstract build(site: CaptureSite): ContextPart | undefined | Promise<ContextPart | undefined>;
}

/** Injection token of the application's own `ContextBuilder`s, as a list. */
export const CONTEXT_BUILDERS = Symbol.for('nestjs-error-tracker:context-builders');
