import {
  Catch,
  ForbiddenException,
  Injectable,
  InternalServerErrorException,
  UseFilters,
  UseGuards,
  type CanActivate,
  type ExceptionFilter,
} from '@nestjs/common';
import {
  Args,
  Field,
  Int,
  Mutation,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
  Subscription,
} from '@nestjs/graphql';
import { GraphQLError } from 'graphql';

class HandledError extends Error {}

@Injectable()
class BrokenGuard implements CanActivate {
  canActivate(): boolean {
    throw new Error('guard broke');
  }
}

@Catch(HandledError)
class HandledFilter implements ExceptionFilter {
  catch(exception: Error): Error {
    return new GraphQLError(`handled: ${exception.message}`);
  }
}

@ObjectType()
class Order {
  @Field(() => Int)
  id!: number;
}

/** What fails when a GraphQL document is executed, in every way. */
@Resolver(() => Order)
export class FailingResolver {
  @Query(() => [Order])
  orders(): Order[] {
    return [{ id: 1 }, { id: 2 }, { id: 3 }];
  }

  @ResolveField('total', () => Int, { nullable: true })
  total(@Parent() _order: Order): never {
    throw new Error('total broke');
  }

  @ResolveField('note', () => String, { nullable: true })
  note(): string {
    return 'fine';
  }

  @Query(() => Int, { nullable: true })
  sync(@Args('password') _password: string): never {
    throw new Error('sync broke');
  }

  @Query(() => Int, { nullable: true })
  async async(): Promise<never> {
    await Promise.resolve();
    throw new Error('async broke');
  }

  @Query(() => Int, { nullable: true })
  string(): never {
    throw 'just a string';
  }

  @Query(() => Int, { nullable: true })
  @UseGuards(BrokenGuard)
  guard(): number {
    return 1;
  }

  @Query(() => Int, { nullable: true })
  forbidden(): never {
    throw new ForbiddenException();
  }

  @Query(() => Int, { nullable: true })
  internal(): never {
    throw new InternalServerErrorException('internal broke');
  }

  @Query(() => Int, { nullable: true })
  answer(): never {
    throw new GraphQLError('no such order', { extensions: { code: 'NOT_FOUND' } });
  }

  @Query(() => Int, { nullable: true })
  @UseFilters(HandledFilter)
  handled(): never {
    throw new HandledError('here');
  }

  @Mutation(() => Int, { nullable: true })
  pay(): never {
    throw new Error('pay broke');
  }

  @Subscription(() => Int)
  async *ticks(): AsyncGenerator<{ ticks: number }> {
    await Promise.resolve();
    yield { ticks: 1 };
    throw new Error('ticks broke');
  }
}

/** A document, and the titles of the events it causes, as often as they come. */
export type GraphqlCase = readonly [document: object, captured: readonly string[]];

const query = (text: string, variables?: object): object => ({
  query: text,
  ...(variables && { variables }),
});

export const GRAPHQL_CASES: Readonly<Record<string, GraphqlCase>> = {
  'a query that succeeds': [query('{ orders { id note } }'), []],
  'a query that throws': [query('query Look { sync(password: "hunter2") }'), ['sync broke']],
  'a query that rejects': [query('{ async }'), ['async broke']],
  'a thrown string': [query('{ string }'), ['just a string']],
  'a guard that throws': [query('{ guard }'), ['guard broke']],
  'a 403': [query('{ forbidden }'), []],
  'a 500': [query('{ internal }'), ['internal broke']],
  'a GraphQLError of the application': [query('{ answer }'), []],
  'a filter on the method': [query('{ handled }'), []],
  'a mutation that throws': [query('mutation { pay }'), ['pay broke']],
  'a field that throws for every item': [
    query('{ orders { total } }'),
    ['total broke', 'total broke', 'total broke'],
  ],
  'a document that does not parse': [query('{ orders {'), []],
  'a document that does not validate': [query('{ nothing }'), []],
  'a variable of the wrong type': [query('query($p: String!) { sync(password: $p) }', { p: 7 }), []],
};
