import { ApolloDriver } from '@nestjs/apollo';
import type { DynamicModule } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { MercuriusDriver } from '@nestjs/mercurius';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { startApp, type Captured, type Platform, type TestApp } from '../support/app.js';
import { FailingResolver, GRAPHQL_CASES } from '../support/failing-graphql.js';
import { postJson } from '../support/http.js';
import type { LogLine } from '../support/recording-logger.js';

type Enhancers = { fieldResolverEnhancers?: ('filters' | 'guards' | 'interceptors')[] };

const DRIVERS: Readonly<Record<string, readonly [Platform, (enhancers: Enhancers) => DynamicModule]>> = {
  'Apollo on Express': [
    'Express',
    (enhancers) =>
      GraphQLModule.forRoot({
        driver: ApolloDriver,
        autoSchemaFile: true,
        subscriptions: { 'graphql-ws': true },
        ...enhancers,
      }),
  ],
  'Mercurius on Fastify': [
    'Fastify',
    (enhancers) =>
      GraphQLModule.forRoot({
        driver: MercuriusDriver,
        autoSchemaFile: true,
        subscription: true,
        ...enhancers,
      }),
  ],
};

interface Outcome {
  readonly status: number;
  readonly body: string;
  readonly logs: readonly LogLine[];
}

let running: TestApp;

async function outcome(document: object): Promise<Outcome> {
  const before = running.logger.lines.length;
  const { status, body } = await postJson(`${running.url}/graphql`, document);
  const logs = running.logger.lines.slice(before).map((line) => ({
    ...line,
    text: line.text
      .split('\n')
      .filter((row) => !/^\s+at /.test(row) || row.includes('/test/'))
      .join('\n'),
  }));
  return { status, body: withoutPackageFrames(body), logs };
}

/**
 * Apollo sends stacks outside of production; frames of packages show how the resolver was called.
 */
function withoutPackageFrames(body: string): string {
  return JSON.stringify(JSON.parse(body), (key, value: unknown) => (key === 'stacktrace' ? [] : value));
}

const captured = (): Promise<readonly Captured[]> => running.captured();

describe.each(Object.entries(DRIVERS))('%s', (_name, [platform, graphql]) => {
  describe.each([
    ['fields without filters', {}],
    ['fields with filters', { fieldResolverEnhancers: ['filters'] }],
  ] as [string, Enhancers][])('with %s', (_which, enhancers) => {
    const bare = new Map<string, Outcome>();
    const counts = new Map<number, number>();

    const start = async (tracker: boolean): Promise<void> => {
      running = await startApp({
        platform,
        imports: [graphql(enhancers)],
        providers: [FailingResolver],
        ...(!tracker && { tracker: false }),
      });
    };

    beforeAll(async () => {
      await start(false);
      for (const [name, [document]] of Object.entries(GRAPHQL_CASES)) bare.set(name, await outcome(document));
      await running.close();
      await start(true);
    });
    afterAll(() => running.close());

    it.each(Object.entries(GRAPHQL_CASES))(
      'response and log lines are the same for %s, which is captured as it should',
      async (name, [document, titles]) => {
        expect(await outcome(document)).toEqual(bare.get(name));
        const fresh = (await captured()).flatMap((one) => {
          const added = one.issue.eventCount - (counts.get(one.issue.id) ?? 0);
          counts.set(one.issue.id, one.issue.eventCount);
          return Array.from({ length: added }, () => one);
        });
        expect(fresh.map(({ issue }) => issue.title)).toEqual(titles);
        for (const { issue, event } of fresh) {
          expect(issue).toMatchObject({ source: 'graphql', handled: false, level: 'error' });
          expect(event.transaction).toMatch(/^(?:Query|Mutation|Order|FailingResolver)\.\w+$/);
        }
      },
    );

    it('tells operation, field, masked arguments and the request', async () => {
      const event = (await captured()).find(({ issue }) => issue.title === 'sync broke')?.event;
      expect(event).toMatchObject({
        transaction: 'Query.sync',
        request: { url: '/graphql' },
        contexts: {
          graphql: {
            operation: 'query',
            name: 'Look',
            field: 'Query.sync',
            arguments: { password: '[masked]' },
          },
        },
      });
    });

    it('captures once what breaks in the middle of a subscription', async () => {
      const client = createClient({
        url: `${running.url.replace('http:', 'ws:')}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
      });
      const results = client.iterate({ query: 'subscription { ticks }' });
      expect((await results.next()).value).toMatchObject({ data: { ticks: 1 } });
      await results.next().catch(() => undefined);
      await client.dispose();
      const issue = (await captured()).find(({ issue: { title } }) => title === 'ticks broke')?.issue;
      expect(issue).toMatchObject({ source: 'graphql', handled: false, eventCount: 1 });
    });
  });
});
