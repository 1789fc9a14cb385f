import { UseFilters, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { websockets } from '../../../../lib/capture/integrations/websockets.js';
import { filtersOn } from '../../../../lib/capture/nest-filters.js';
import { bootedApp, watched } from '../../../support/failures.js';

@WebSocketGateway()
class PricesGateway {
  @SubscribeMessage('subscribe')
  subscribe(): void {
    // Watched.
  }

  handleConnection(): void {
    // Watched by its name.
  }

  helper(): void {
    // Not watched.
  }
}

class NoGateway {
  @SubscribeMessage('subscribe')
  subscribe(): void {
    // Nest does not call it.
  }

  handleConnection(): void {
    // Nor this.
  }
}

const client = {
  id: 'c1',
  nsp: { name: '/prices' },
  handshake: { address: '10.0.0.1', headers: { 'user-agent': 'x' }, query: { page: '1' } },
  emit: () => undefined,
};
const clientFacts = {
  id: 'c1',
  namespace: '/prices',
  address: '10.0.0.1',
  headers: { 'user-agent': 'x' },
  query: { page: '1' },
};
const host = (args: readonly unknown[]): ArgumentsHost =>
  ({
    getArgs: () => args,
    getArgByIndex: (index: number) => args[index],
    switchToWs: () => ({ getClient: () => args[0], getData: () => args[1], getPattern: () => args.at(-1) }),
  }) as unknown as ArgumentsHost;

describe('websockets', () => {
  it('watches messages, whose failures go to filters, and clients that come and go, whose do not', () => {
    const message = watched(websockets, PricesGateway, 'subscribe');
    expect(message).toMatchObject({ source: 'ws', failuresGoTo: 'filters' });
    expect(message?.facts([])).toEqual({
      transaction: 'subscribe',
      contexts: { message: { event: 'subscribe' } },
    });
    const connection = watched(websockets, PricesGateway, 'handleConnection');
    expect(connection).toMatchObject({ source: 'ws', failuresGoTo: 'nobody' });
    expect(connection?.facts([client])).toMatchObject({
      transaction: 'PricesGateway.handleConnection',
      contexts: { client: clientFacts },
    });
  });

  it('leaves other methods and other classes alone', () => {
    expect(watched(websockets, PricesGateway, 'helper')).toBeUndefined();
    expect(watched(websockets, NoGateway, 'subscribe')).toBeUndefined();
    expect(watched(websockets, NoGateway, 'handleConnection')).toBeUndefined();
  });

  it('reads client, data and event of a message', () => {
    expect(websockets.messages?.facts(host([client, { page: 1 }, () => undefined, 'subscribe']))).toEqual({
      transaction: 'subscribe',
      contexts: { message: { event: 'subscribe', data: { page: 1 } }, client: clientFacts },
    });
  });

  it('reports what no filter of the gateway took, and has it answered', async () => {
    class Own implements ExceptionFilter {
      catch(): void {
        // Not asked here.
      }
    }
    @WebSocketGateway()
    @UseFilters(Own)
    class Gateway {}
    const app = await bootedApp();
    websockets.onClass?.(Gateway, app);
    websockets.onClass?.(Gateway, app);
    const [filter, ...others] = filtersOn(Gateway) as ExceptionFilter[];
    expect(others).toEqual([Own]);
    const emitted: unknown[] = [];
    const exception = new Error('broke');
    const emit = (...parts: unknown[]): void => void emitted.push(parts);
    filter!.catch(exception, host([{ ...client, emit }, 'data', () => undefined, 'subscribe']));
    expect(app.reported).toMatchObject([
      { exception, site: { source: 'ws', handlerClass: Gateway }, transaction: 'subscribe', handled: false },
    ]);
    expect(emitted).toMatchObject([['exception', { status: 'error', message: 'Internal server error' }]]);
  });

  it('puts no filter on other classes, nor where the package is missing', async () => {
    @WebSocketGateway()
    class Gateway {}
    const app = await bootedApp();
    websockets.onClass?.(NoGateway, app);
    expect(filtersOn(NoGateway)).toEqual([]);
    websockets.onClass?.(Gateway, { ...app, options: { ...app.options, projectRoot: '/' } });
    expect(filtersOn(Gateway)).toEqual([]);
  });
});
