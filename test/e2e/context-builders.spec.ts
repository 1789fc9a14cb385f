import { Body, Controller, Injectable, Post } from '@nestjs/common';
import { ContextBuilder, type CaptureSite, type ContextPart } from '../../lib/index.js';
import { PLATFORMS, startApp, type TestApp } from '../support/app.js';
import { postJson } from '../support/http.js';

@Controller()
class OrdersController {
  @Post('orders/:id')
  pay(@Body() order: { item: string }): never {
    throw new Error(`no ${order.item} left`);
  }
}

@Injectable()
class FirstBuilder extends ContextBuilder {
  override build(): ContextPart {
    return { tags: { first: 'yes' } };
  }
}

@Injectable()
class LastBuilder extends ContextBuilder {
  override build(): ContextPart {
    return { tags: { last: 'yes' } };
  }
}

type Build = (site: CaptureSite) => unknown;

const cycle: Record<string, unknown> = { name: 'cycle' };
cycle['itself'] = cycle;

const huge = { text: 'x'.repeat(100_000_000), list: Array.from({ length: 1_000_000 }, (_, n) => ({ n })) };

interface Request {
  body: { item: string };
  headers: Record<string, string>;
}

const FAILURES: readonly (readonly [string, Build])[] = [
  [
    'throws',
    () => {
      throw new Error('builder broke');
    },
  ],
  ['rejects', () => Promise.reject(new Error('builder broke'))],
  ['rejects with nothing', () => Promise.reject(undefined)],
  ['never answers', () => new Promise(() => undefined)],
];

const NONSENSE: readonly (readonly [string, Build])[] = [
  ['returns a cycle', () => ({ contexts: { cycle }, tags: cycle })],
  ['returns 100 MB', () => ({ contexts: { huge }, tags: { text: huge.text } })],
  ['returns 100 MB later', async () => ({ contexts: { huge } })],
  ['returns no part of an event', () => 7],
  [
    'changes the request',
    ({ request }) => {
      const { body, headers } = request as Request;
      body.item = 'changed';
      for (const name of Object.keys(headers)) delete headers[name];
      return undefined;
    },
  ],
  [
    'returns what cannot be looked at',
    () => ({
      contexts: {
        get broken() {
          throw new Error('getter broke');
        },
      },
    }),
  ],
];

describe.each(PLATFORMS)('on %s', (platform) => {
  const answerOf = async (url: string): Promise<unknown> => {
    const { headers, ...answer } = await postJson(`${url}/orders/7`, { item: 'tea' }, { 'x-shop': 'corner' });
    const { date: _date, ...others } = headers;
    return { ...answer, headers: others };
  };

  let bare: unknown;
  beforeAll(async () => {
    const app = await startApp({ platform, controllers: [OrdersController], tracker: false });
    bare = await answerOf(app.url);
    await app.close();
  });

  const start = (build: Build): Promise<TestApp> => {
    @Injectable()
    class FaultyBuilder extends ContextBuilder {
      override build(site: CaptureSite): ContextPart | undefined {
        return build(site) as ContextPart | undefined;
      }
    }
    const contextBuilders = [FirstBuilder, FaultyBuilder, LastBuilder];
    return startApp({ platform, controllers: [OrdersController], tracker: { contextBuilders } });
  };

  it.each([...FAILURES, ...NONSENSE])(
    'a context builder that %s changes no response and costs no event',
    async (_what, build) => {
      const app = await start(build);
      try {
        expect(await answerOf(app.url)).toEqual(bare);
        const captured = await app.captured();
        expect(captured).toMatchObject([
          {
            issue: { title: 'no tea left', eventCount: 1, storedCount: 1 },
            event: { tags: { first: 'yes', last: 'yes' }, request: { method: 'POST', url: '/orders/7' } },
          },
        ]);
        expect(Buffer.byteLength(JSON.stringify(captured[0]?.event))).toBeLessThanOrEqual(32_768);
        expect(app.tracker.health()).toMatchObject({ status: 'ok', queuedEvents: 0, dropped: {} });
      } finally {
        await app.close();
      }
    },
  );

  it.each(FAILURES)('health tells of a context builder that %s', async (_what, build) => {
    const app = await start(build);
    try {
      await answerOf(app.url);
      await app.captured();
      expect(app.tracker.health().internalErrors).toBe(1);
    } finally {
      await app.close();
    }
  });
});
