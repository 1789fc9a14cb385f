import 'reflect-metadata';
import { read } from '../../values/safe-read.js';
import { isObject } from '../../values/type-guards.js';
import type { TrackedApp } from '../active-trackers.js';
import { wrappersIn } from '../instance-wrappers.js';
import type { CallFacts, FindWatchedMethod, Integration } from './integration.js';

/** Left on methods by `@Query()`, `@Mutation()` and `@Subscription()`. */
const OPERATION = 'graphql:resolver_type';
/** Left on methods by `@ResolveField()`. */
const FIELD = 'graphql:resolve_property';

const watchedMethod: FindWatchedMethod = (_type, method) => {
  const operation: unknown = Reflect.getMetadata(OPERATION, method);
  if (operation === 'Query' || operation === 'Mutation') {
    return { source: 'graphql', failuresGoTo: 'filters', facts: fieldFacts };
  }
  if (operation === 'Subscription') {
    return { source: 'graphql', failuresGoTo: 'filters-at-first', facts: fieldFacts };
  }
  if (!Reflect.hasMetadata(FIELD, method)) return undefined;
  return {
    source: 'graphql',
    failuresGoTo: 'nobody',
    facts: fieldFacts,
    counts: (_args, _exception, app) => !filtersSeeFields(app),
  };
};

/**
 * Exceptions of fields go to filters only if `fieldResolverEnhancers` of the GraphQL module says
 * so.
 */
function filtersSeeFields({ modules }: TrackedApp): boolean {
  for (const { token, instance } of wrappersIn(modules, 'providers', 'controllers')) {
    if (token !== 'GqlModuleOptions') continue;
    const enhancers = read(instance, 'fieldResolverEnhancers');
    return Array.isArray(enhancers) && enhancers.includes('filters');
  }
  return false;
}

/** Reads the arguments that GraphQL passes to every resolver: parent, arguments, context, info. */
function fieldFacts([, fieldArgs, context, info]: readonly unknown[]): CallFacts {
  const operation = read(info, 'operation');
  const type = read(read(info, 'parentType'), 'name');
  const field = read(info, 'fieldName');
  const request = read(context, 'req') ?? read(context, 'request') ?? read(read(context, 'reply'), 'request');
  return {
    ...(typeof type === 'string' && typeof field === 'string' && { transaction: `${type}.${field}` }),
    contexts: {
      graphql: {
        operation: read(operation, 'operation'),
        name: read(read(operation, 'name'), 'value'),
        field: typeof type === 'string' ? `${type}.${String(field)}` : undefined,
        arguments: fieldArgs,
      },
    },
    ...(isObject(request) && { request }),
  };
}

/** `@nestjs/graphql`: queries, mutations, subscriptions and fields, on any driver. */
export const graphql: Integration = {
  watchedMethod,
  messages: { transport: 'graphql', facts: (host) => fieldFacts(host.getArgs()) },
};
