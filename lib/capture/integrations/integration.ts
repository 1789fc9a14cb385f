import type { ArgumentsHost, Type } from '@nestjs/common';
import type { ApplicationConfig } from '@nestjs/core';
import type { Source } from '../../event/error-event.js';
import type { TrackedApp } from '../active-trackers.js';

/**
 * Everything that the tracker knows of one package: which methods the package calls, what a call
 * tells, and what else is to be listened to. The packages are optional and are never imported:
 * their decorators leave metadata, by which methods and classes are recognised.
 */
export interface Integration {
  /** Metadata keys of classes that have watched methods without any metadata of their own. */
  readonly marks?: readonly string[];
  /**
   * Recognises the methods that the package calls. Asked once for each method, when the application
   * boots.
   */
  readonly watchedMethod?: FindWatchedMethod;
  /** The kind of message that the package adds to Nest. */
  readonly messages?: Messages;
  /**
   * Called with every class of the application: before any lifecycle hook, or, for what factories
   * made, in `onModuleInit`.
   */
  readonly onClass?: (type: Type, app: BootingApp) => void;
  /** Called in `onModuleInit`, when all instances exist. */
  readonly onInit?: (app: BootingApp) => void;
  /** Called in `onApplicationBootstrap`, when the hooks of the package have run. */
  readonly onBootstrap?: (app: BootingApp) => void;
}

export interface BootingApp extends TrackedApp {
  readonly config: ApplicationConfig;
}

export type FindWatchedMethod = (
  type: Type,
  method: CallableFunction,
  name: string,
) => WatchedMethod | undefined;

/**
 * A method that Nest, or a package of its family, calls on its own account: a job, a listener, a
 * message handler.
 */
export interface WatchedMethod {
  readonly source: Source;
  /**
   * Where its failures go. To `filters`: an exception filter may still handle them, so that the
   * method only notes its scope. To `nobody`: they are captured here. To `filters-at-first`: to
   * filters until the first value of a stream, and to nobody afterwards.
   */
  readonly failuresGoTo: 'filters' | 'nobody' | 'filters-at-first';
  readonly facts: (args: readonly unknown[]) => CallFacts;
  /** Whether a failure is worth an event. Default: every one is. */
  readonly counts?: (args: readonly unknown[], exception: unknown, app: TrackedApp) => boolean;
}

/** What the arguments of a call tell. Raw. */
export interface CallFacts {
  readonly transaction?: string;
  readonly contexts: Readonly<Record<string, unknown>>;
  /** The HTTP request that carried the call, where there is one. */
  readonly request?: object;
}

/** For calls whose arguments cannot be read: that is not worth losing the exception for. */
export const NO_FACTS: CallFacts = Object.freeze({ contexts: Object.freeze({}) });

/** Messages whose exceptions go to exception filters, as those of HTTP requests do. */
export interface Messages {
  /** What Nest calls the kind of message. */
  readonly transport: Transport;
  readonly facts: (host: ArgumentsHost) => CallFacts;
  /** Called when Nest asks the tracker's global filter about an exception. */
  readonly onGlobalFilter?: (exception: unknown) => void;
}

export type Transport = 'rpc' | 'ws' | 'graphql';
