import type { Type } from '@nestjs/common';
import type { Source } from '../../event/error-event.js';
import type { TransportFacts } from './transport-facts.js';

/** A method that Nest, or a package of its family, calls on its own account: a job, a listener, a message handler. */
export interface Entrance {
  readonly source: Source;
  /**
   * Who hears of its failures besides us: exception filters, which may still handle them, so that they are only noted here;
   * nobody, so that they are captured; or filters until a stream has begun, and nobody afterwards.
   */
  readonly heardBy: 'filters' | 'nobody' | 'filters-at-first';
  /** What is known of one call. Must not throw. */
  readonly facts: (args: readonly unknown[]) => TransportFacts;
  /** Whether a failure of this call is worth an event. Default: it is. */
  readonly counts?: (args: readonly unknown[], exception: unknown, app: AppTraits) => boolean;
}

/** What differs between the applications of one process, which may share their classes. */
export interface AppTraits {
  readonly jobAttempts: 'all' | 'last';
  /** Whether exceptions of GraphQL fields pass filters. */
  filtersHearFields(): boolean;
}

/**
 * Recognises entrances of one kind, by the metadata that decorators left: the packages are optional, and none of them
 * is imported.
 */
export type EntranceFinder = (type: Type, method: CallableFunction, name: string) => Entrance | undefined;
