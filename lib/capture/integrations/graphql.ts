import 'reflect-metadata';
import { fieldFacts } from './transport-facts.js';
import type { EntranceFinder } from './integration.js';

/** Left on methods by `@Query()`, `@Mutation()`, `@Subscription()` and `@ResolveField()` of `@nestjs/graphql`. */
const OPERATION = 'graphql:resolver_type';
const FIELD = 'graphql:resolve_property';

/** Operations pass filters. Fields do only where `fieldResolverEnhancers` of the GraphQL module says so. */
export const resolverEntrance: EntranceFinder = (_type, method) => {
  const operation: unknown = Reflect.getMetadata(OPERATION, method);
  if (operation === 'Query' || operation === 'Mutation') {
    return { source: 'graphql', heardBy: 'filters', facts: fieldFacts };
  }
  if (operation === 'Subscription') {
    return { source: 'graphql', heardBy: 'filters-at-first', facts: fieldFacts };
  }
  if (!Reflect.hasMetadata(FIELD, method)) return undefined;
  return {
    source: 'graphql',
    heardBy: 'nobody',
    facts: fieldFacts,
    counts: (_args, _exception, app) => !app.filtersHearFields(),
  };
};
