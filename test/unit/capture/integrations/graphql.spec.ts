import type { ArgumentsHost } from '@nestjs/common';
import { Mutation, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { graphql } from '../../../../lib/capture/integrations/graphql.js';
import { bootedApp, watched } from '../../../support/failures.js';

@Resolver('Order')
class OrderResolver {
  @Query('orders')
  orders(): void {
    // Watched.
  }

  @Mutation('pay')
  pay(): void {
    // Watched.
  }

  @Subscription('paid')
  paid(): void {
    // Watched.
  }

  @ResolveField('total')
  total(): void {
    // Watched.
  }

  other(): void {
    // Not watched.
  }
}

const info = {
  operation: { operation: 'query', name: { value: 'List' } },
  parentType: { name: 'Query' },
  fieldName: 'orders',
};

describe('graphql', () => {
  it.each([
    ['orders', 'filters'],
    ['pay', 'filters'],
    ['paid', 'filters-at-first'],
    ['total', 'nobody'],
  ])('watches %s, whose failures go to %s', (name, failuresGoTo) => {
    expect(watched(graphql, OrderResolver, name)).toMatchObject({ source: 'graphql', failuresGoTo });
  });

  it('leaves other methods alone', () => {
    expect(watched(graphql, OrderResolver, 'other')).toBeUndefined();
  });

  it.each<[object | undefined, boolean]>([
    [undefined, true],
    [{}, true],
    [{ fieldResolverEnhancers: ['guards'] }, true],
    [{ fieldResolverEnhancers: ['guards', 'filters'] }, false],
  ])('with the module options %p, the failure of a field counts here: %p', async (options, counts) => {
    const provider = { provide: 'GqlModuleOptions', useValue: options };
    const app = await bootedApp({ providers: options ? [provider] : [] });
    expect(watched(graphql, OrderResolver, 'total')?.counts?.([], new Error('x'), app)).toBe(counts);
  });

  it.each<[string, object]>([
    ['Express', { req: 'request' }],
    ['others', { request: 'request' }],
    ['Mercurius', { reply: { request: 'request' } }],
  ])('tells of the operation, and finds the request of %s', (_name, names) => {
    const request = { url: '/graphql' };
    const context = JSON.parse(JSON.stringify(names), (_key, value: unknown) =>
      value === 'request' ? request : value,
    ) as object;
    const args = [undefined, { first: 10 }, context, info];
    expect(graphql.messages?.transport).toBe('graphql');
    expect(graphql.messages?.facts({ getArgs: () => args } as unknown as ArgumentsHost)).toEqual({
      transaction: 'Query.orders',
      contexts: {
        graphql: { operation: 'query', name: 'List', field: 'Query.orders', arguments: { first: 10 } },
      },
      request,
    });
  });

  it('makes nothing of arguments that are no resolver arguments', () => {
    expect(watched(graphql, OrderResolver, 'orders')?.facts([])).toEqual({
      contexts: {
        graphql: { operation: undefined, name: undefined, field: undefined, arguments: undefined },
      },
    });
  });
});
