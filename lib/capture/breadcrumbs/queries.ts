import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import { isInternal } from '../../scope/internal-work.js';
import { currentScope } from '../../scope/scope-storage.js';
import { DATA_SOURCE_NAME } from '../../storage/typeorm/data-source-options.js';
import type { KeepBreadcrumb } from './outgoing-requests.js';

/** The part of a TypeORM data source that is used: it tells its subscribers of every query. */
interface DataSourceLike {
  readonly name?: unknown;
  readonly options?: { readonly name?: unknown };
  readonly subscribers: { afterQuery?(event: QueryLike): void }[];
}
interface QueryLike {
  readonly query: string;
  readonly success: boolean;
  readonly executionTime?: number;
}

const MAX_QUERY_LENGTH = 1000;

/**
 * Notes the queries of the application's TypeORM data sources while a request or job runs: their
 * text, without values.
 */
export function watchQueries(wrappers: readonly InstanceWrapper[], keep: KeepBreadcrumb): void {
  const sources = wrappers.map(({ instance }) => instance as unknown).filter(isDataSource);
  for (const source of new Set(sources)) {
    source.subscribers.push({
      afterQuery({ query, success, executionTime }) {
        const scope = isInternal() ? undefined : currentScope();
        if (!scope) return;
        keep(scope, {
          at: Date.now(),
          type: 'query',
          level: success ? 'info' : 'error',
          message: withoutLiterals(query),
          ...(executionTime !== undefined && { data: { ms: executionTime } }),
        });
      },
    });
  }
}

function isDataSource(value: unknown): value is DataSourceLike {
  if (typeof value !== 'object' || value === null) return false;
  const { subscribers, createQueryRunner, name, options } = value as Partial<
    DataSourceLike & { createQueryRunner: unknown }
  >;
  const isOwn = name === DATA_SOURCE_NAME || options?.name === DATA_SOURCE_NAME;
  return Array.isArray(subscribers) && typeof createQueryRunner === 'function' && !isOwn;
}

/** Values belong in parameters, but some are written in the text. */
function withoutLiterals(query: string): string {
  return query
    .slice(0, MAX_QUERY_LENGTH)
    .replace(/'(?:[^']|'')*'?/g, '?')
    .replace(/\b\d+(?:\.\d+)?\b/g, '?');
}
